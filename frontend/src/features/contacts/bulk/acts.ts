/** What follows an act on many contacts, and taking one back. */
import type { QueryClient } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import { actionsQuery } from '@/lib/api/bulk-actions';

export function refreshAfter(client: QueryClient): void {
  for (const key of [actionsQuery.queryKey, ['contacts'], ['campaigns'], ['do-not-call']])
    void client.invalidateQueries({ queryKey: key });
}

export async function undoAction(client: QueryClient, id: number): Promise<void> {
  await unwrap(api.POST('/api/bulk-actions/{action_id}/undo', { params: { path: { action_id: id } } }));
  refreshAfter(client);
}
