/** Bulk actions; one under way is asked again each second. */
import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';
import type { components } from './schema';

export type Action = components['schemas']['BulkOut'];
export type Kind = Action['kind'];
const EVERY_MS = 1000;

export const isUnderWay = ({ status }: Action): boolean =>
  status === 'queued' || status === 'running' || status === 'undoing';

export const actionsQuery = queryOptions({
  queryKey: ['bulk-actions'],
  queryFn: () => unwrap(api.GET('/api/bulk-actions')),
  refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? EVERY_MS : false),
  staleTime: 0,
});
