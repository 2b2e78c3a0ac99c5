/** What the queue's screens ask for. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import { given } from '@/lib/api/given';
import { isUnderWay } from './progress';
import type { Behind, End } from './types';

const path = (id: number) => ({ path: { campaign_id: id } });

export const queueQuery = (id: number) =>
  queryOptions({
    queryKey: ['campaigns', 'queue', id],
    queryFn: () => unwrap(api.GET('/api/campaigns/{campaign_id}/queue-counts', { params: path(id) })),
    staleTime: 0,
    refetchInterval: 15_000,
  });

export const readEntries = (id: number, behind: Behind, cursor: string | undefined) =>
  unwrap(
    api.GET('/api/campaigns/{campaign_id}/queue-entries', {
      params: {
        ...path(id),
        query: {
          standing: behind.standing,
          ...given({
            code: behind.code,
            last_result: behind.last_result,
            from_at: behind.from_at,
            until_at: behind.until_at,
            cursor,
          }),
          ...(behind.disposition_id ? { disposition_id: Number(behind.disposition_id) } : {}),
        },
      },
    }),
  );

export const recyclingsQuery = (id: number) =>
  queryOptions({
    queryKey: ['campaigns', 'queue', id, 'recyclings'],
    queryFn: () => unwrap(api.GET('/api/campaigns/{campaign_id}/recyclings', { params: path(id) })),
    // Where one is under way its progress is followed.
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? 1500 : false),
  });

/** Of all campaigns, for the top bar's tray. */
export const recentRecyclingsQuery = queryOptions({
  queryKey: ['campaigns', 'recyclings'],
  queryFn: () => unwrap(api.GET('/api/recyclings')),
  refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? 1500 : false),
  staleTime: 0,
});

export const recyclePreviewQuery = (id: number, ends: End[]) =>
  queryOptions({
    queryKey: ['campaigns', 'queue', id, 'preview', ends],
    queryFn: () =>
      unwrap(
        api.POST('/api/campaigns/{campaign_id}/recyclings/preview', { params: path(id), body: { ends } }),
      ),
    placeholderData: keepPreviousData,
    enabled: ends.length > 0,
    staleTime: 0,
  });
