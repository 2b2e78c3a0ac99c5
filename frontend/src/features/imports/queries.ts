/** What the screens of imports ask for. A batch under way is asked again each second: it belongs to the worker, not to the floor. */
import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import { isActive } from './types';

const EVERY_MS = 1000;

export const importQuery = (id: number) =>
  queryOptions({
    queryKey: ['imports', 'one', id],
    queryFn: () => unwrap(api.GET('/api/imports/{batch_id}', { params: { path: { batch_id: id } } })),
    refetchInterval: ({ state }) =>
      state.data && (isActive(state.data) || state.data.outlook?.status === 'counting') ? EVERY_MS : false,
  });

export const campaignsFedQuery = (id: number) =>
  queryOptions({
    queryKey: ['imports', 'fed', id],
    queryFn: () =>
      unwrap(api.GET('/api/imports/{batch_id}/campaigns', { params: { path: { batch_id: id } } })),
    staleTime: 0,
  });

export const savedMappingsQuery = queryOptions({
  queryKey: ['imports', 'mappings'],
  queryFn: () => unwrap(api.GET('/api/import-mappings')),
});

export const recentImportsQuery = queryOptions({
  queryKey: ['imports', 'recent'],
  queryFn: () => unwrap(api.GET('/api/imports', { params: { query: { limit: 20 } } })),
  refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? EVERY_MS : false),
  staleTime: 0,
});
