/** What one person agreed to, and what is asked again once that has changed. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import { verdictsQuery } from '@/lib/api/verdicts';

/** Where nobody can tell whose clocks to go by. */
const FLOOR_ZONE = 'Europe/Paris';

/** By whose clocks this person's times are typed: '' until it is known. */
export function useZoneOf(contactId: number): string {
  const { data, isError } = useQuery(verdictsQuery(contactId));
  return data?.zone ?? (isError ? FLOOR_ZONE : '');
}

export const proofsQuery = (contactId: number) =>
  queryOptions({
    queryKey: ['proofs', contactId],
    queryFn: () =>
      unwrap(api.GET('/api/contacts/{contact_id}/proofs', { params: { path: { contact_id: contactId } } })),
  });

/** What a campaign's agents read aloud to ask for a consent. */
export const wordingQuery = (campaignId: number) =>
  queryOptions({
    queryKey: ['consent-wording', campaignId],
    queryFn: () =>
      unwrap(
        api.GET('/api/campaigns/{campaign_id}/consent-wording', {
          params: { path: { campaign_id: campaignId } },
        }),
      ),
    staleTime: 30_000,
  });

/** A proof was given or taken back: "can I call?" has another answer, places of the record may have been judged again. */
export function useProofsChanged(contactId: number): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ['proofs', contactId] });
    void client.invalidateQueries({ queryKey: ['principals'] });
    void client.invalidateQueries({ queryKey: ['contacts', 'one', contactId] });
    void client.invalidateQueries({ queryKey: ['contacts', 'verdicts', contactId] });
  };
}
