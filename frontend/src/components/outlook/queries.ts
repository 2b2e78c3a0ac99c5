/** Counts of contacts by what the rules say of them; one under way is asked again each second. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import type { components } from '@/lib/api/schema';

export type Outlook = components['schemas']['OutlookOut'];
export type OutlookIn = components['schemas']['OutlookIn'];
const EVERY_MS = 1000;

/** Before an assignment: nothing is changed. */
export const askedOutlookQuery = (campaign: number, body: OutlookIn) =>
  queryOptions({
    queryKey: ['outlooks', 'asked', campaign, body],
    queryFn: () =>
      unwrap(
        api.POST('/api/campaigns/{campaign_id}/outlooks', {
          params: { path: { campaign_id: campaign } },
          body,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });

export const outlookQuery = (outlook: Outlook) =>
  queryOptions({
    queryKey: ['outlooks', 'one', outlook.id],
    queryFn: () =>
      unwrap(api.GET('/api/outlooks/{outlook_id}', { params: { path: { outlook_id: outlook.id } } })),
    initialData: outlook,
    staleTime: 0,
    enabled: outlook.status === 'counting',
    refetchInterval: ({ state }) => (state.data?.status === 'counting' ? EVERY_MS : false),
  });

/** What was given may be done while the answer asked for is not: whoever gave it may have heard first. */
export const furthest = (given: Outlook, asked: Outlook) => (given.status === 'counting' ? asked : given);
