/** What the territory's screens ask for. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import { keyOf, type Part } from './parts';

const path = (id: number) => ({ params: { path: { campaign_id: id } } });

export const territoryQuery = (id: number) =>
  queryOptions({
    queryKey: ['campaigns', 'territory', id],
    queryFn: () => unwrap(api.GET('/api/campaigns/{campaign_id}/territory', path(id))),
    staleTime: 0,
  });

/** Nothing is changed: how many contacts such a territory would keep. */
export const previewQuery = (id: number, parts: Part[]) =>
  queryOptions({
    queryKey: ['campaigns', 'territory-preview', id, parts.map(keyOf)],
    queryFn: () =>
      unwrap(
        api.POST('/api/campaigns/{campaign_id}/territory/preview', {
          ...path(id),
          body: { parts: parts.map(({ kind, code }) => ({ kind, code })) },
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

export const placesQuery = (q: string) =>
  queryOptions({
    queryKey: ['campaigns', 'territory-places', q],
    queryFn: () => unwrap(api.GET('/api/territory-places', { params: { query: { q } } })),
    staleTime: Infinity,
  });
