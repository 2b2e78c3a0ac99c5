/** Acts on many contacts: one under way is asked again each second; stopping one, and taking one back. */
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';
import { type Action, isUnderWay, type Kind } from './under-way';

export { type Action, isUnderWay, type Kind };
const EVERY_MS = 1000;

export const actionsQuery = queryOptions({
  queryKey: ['bulk-actions'],
  queryFn: () => unwrap(api.GET('/api/bulk-actions')),
  refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? EVERY_MS : false),
  staleTime: 0,
});

export function refreshAfter(client: QueryClient): void {
  for (const key of [actionsQuery.queryKey, ['contacts'], ['campaigns'], ['do-not-call']])
    void client.invalidateQueries({ queryKey: key });
}

const pathOf = (id: number) => ({ params: { path: { action_id: id } } });

export async function cancelAction(client: QueryClient, id: number): Promise<void> {
  await unwrap(api.POST('/api/bulk-actions/{action_id}/cancel', pathOf(id)));
  refreshAfter(client);
}

export async function undoAction(client: QueryClient, id: number): Promise<void> {
  await unwrap(api.POST('/api/bulk-actions/{action_id}/undo', pathOf(id)));
  refreshAfter(client);
}
