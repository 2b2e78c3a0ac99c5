/** Putting a territory, or taking it away: what every screen of campaigns shows follows. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import type { Part, Territory } from './parts';
import { territoryQuery } from './queries';

export function useTerritory(id: number, onDone: (kept: Territory) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (parts: Part[]) =>
      unwrap(
        api.PUT('/api/campaigns/{campaign_id}/territory', {
          params: { path: { campaign_id: id } },
          body: { parts: parts.map(({ kind, code }) => ({ kind, code })) },
        }),
      ),
    onSuccess: (kept) => {
      client.setQueryData(territoryQuery(id).queryKey, kept);
      void client.invalidateQueries({ queryKey: ['campaigns', 'list'] });
      void client.invalidateQueries({ queryKey: ['campaigns', 'queue', id] });
      void client.invalidateQueries({ queryKey: ['campaigns', 'one', id] });
      onDone(kept);
    },
  });
}
