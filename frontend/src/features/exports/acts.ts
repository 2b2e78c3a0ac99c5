/** Stop and remove a file. */
import type { QueryClient } from '@tanstack/react-query';
import { notifyError } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';

export const fileAddress = (id: string): string => `/api/exports/${id}/file`;

function then(client: QueryClient, request: Promise<unknown>): void {
  request.then(() => client.invalidateQueries({ queryKey: ['exports'] }), notifyError);
}

export function cancelExport(client: QueryClient, id: string): void {
  then(client, unwrap(api.POST('/api/exports/{export_id}/cancel', { params: { path: { export_id: id } } })));
}

export function deleteExport(client: QueryClient, id: string): void {
  then(client, unwrap(api.DELETE('/api/exports/{export_id}', { params: { path: { export_id: id } } })));
}
