/** "Can I call?": the judge's answer about a contact, asked by his page and by the agent's desktop. */
import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';
import type { components } from './schema';

export type VerdictReason = components['schemas']['VerdictReason'];
export type NumberVerdict = components['schemas']['NumberVerdict'];
export type CampaignVerdicts = components['schemas']['CampaignVerdicts'];

/** Asked again each minute: hours begin and end by themselves. */
export const verdictsQuery = (id: number) =>
  queryOptions({
    queryKey: ['contacts', 'verdicts', id],
    queryFn: () =>
      unwrap(api.GET('/api/contacts/{contact_id}/verdicts', { params: { path: { contact_id: id } } })),
    refetchInterval: 60_000,
  });
