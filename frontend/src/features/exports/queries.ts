/** What the screen of exports asks for; one under way is asked again each second. */
import { queryOptions } from '@tanstack/react-query';
import { isActive } from '@/components/export/types';
import { api, unwrap } from '@/lib/api/client';

export const EVERY_MS = 1000;

export const recentExportsQuery = queryOptions({
  queryKey: ['exports', 'recent'],
  queryFn: () => unwrap(api.GET('/api/exports', { params: { query: { limit: 20 } } })),
  refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? EVERY_MS : false),
  staleTime: 0,
});
