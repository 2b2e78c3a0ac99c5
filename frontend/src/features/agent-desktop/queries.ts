/** What the desktop asks of the REST API. */
import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import type { CampaignView } from '@/lib/floor/types';

/** All of a campaign that does not move: fetched again when its version changes. */
export const deskQuery = (campaign: Pick<CampaignView, 'id' | 'version'> | null) =>
  queryOptions({
    queryKey: ['desk', campaign?.id, campaign?.version],
    queryFn: () =>
      unwrap(
        api.GET('/api/campaigns/{campaign_id}/desk', {
          params: { path: { campaign_id: campaign?.id ?? 0 } },
        }),
      ),
    enabled: campaign !== null,
    staleTime: Infinity,
    gcTime: 3_600_000,
    placeholderData: (before) => (before?.campaign_id === campaign?.id ? before : undefined),
  });

export const pauseReasonsQuery = queryOptions({
  queryKey: ['desk', 'pause-reasons'],
  queryFn: async () => (await unwrap(api.GET('/api/pause-reasons'))).items,
  staleTime: 60_000,
});

/** `moment` changes when a call has ended: there is something new to read. */
export const historyQuery = (contactId: number, moment: string) =>
  queryOptions({
    queryKey: ['history', contactId, moment],
    queryFn: () =>
      unwrap(
        api.GET('/api/contacts/{contact_id}/history', {
          params: { path: { contact_id: contactId }, query: { limit: 30 } },
        }),
      ),
    placeholderData: (before) => before,
  });

export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['contact-search', q],
    queryFn: () => unwrap(api.POST('/api/contact-search/quick', { body: { q, limit: 12 } })),
    enabled: q.trim().length >= 2,
    staleTime: 5_000,
  });
