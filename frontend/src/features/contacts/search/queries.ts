/** What the search screen asks for. */
import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import type { Filter } from '@/components/filter/tree';

export const savedSearchesQuery = queryOptions({
  queryKey: ['saved-searches'],
  queryFn: () => unwrap(api.GET('/api/saved-searches')),
});

/** Exactly how many: asked before an act on all of them. */
export const countQuery = (filter: Filter) =>
  queryOptions({
    queryKey: ['contacts', 'count', filter],
    queryFn: () => unwrap(api.POST('/api/contact-search/count', { body: { filter } })),
    staleTime: 0,
  });
