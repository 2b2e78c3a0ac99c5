/** What a campaign's filter asks for; what is in force is part of its steering. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Filter } from '@/components/filter/tree';
import { api, unwrap } from '@/lib/api/client';
import { type Steering, steeringQuery } from '../steering/queries';

const path = (id: number) => ({ params: { path: { campaign_id: id } } });

/** Nothing is changed: how many contacts such a filter would keep. */
export const previewQuery = (id: number, filter: Filter) =>
  queryOptions({
    queryKey: ['campaigns', 'filter-preview', id, filter],
    queryFn: () =>
      unwrap(api.POST('/api/campaigns/{campaign_id}/filter/preview', { ...path(id), body: { filter } })),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

interface Wanted {
  filter: Filter;
  label: string;
}

/** Putting a filter, or (null) taking it away: what every screen of campaigns shows follows. */
export function useFilter(id: number, onDone: (now: Steering) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Wanted | null) =>
      wanted
        ? unwrap(api.PUT('/api/campaigns/{campaign_id}/filter', { ...path(id), body: wanted }))
        : unwrap(api.DELETE('/api/campaigns/{campaign_id}/filter', path(id))),
    onSuccess: (now) => {
      client.setQueryData(steeringQuery(id).queryKey, now);
      for (const key of ['one', 'list', 'queue', 'lists', 'territory', 'territory-preview'])
        void client.invalidateQueries({ queryKey: ['campaigns', key] });
      onDone(now);
    },
  });
}
