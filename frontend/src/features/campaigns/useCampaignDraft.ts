/** The campaign of a page, its draft, and the one act that keeps all that was changed. */
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '@/lib/api/client';
import {
  changedFields,
  changedSlices,
  dispositionsBody,
  type Draft,
  draftOf,
  scriptBody,
  type Slice,
} from './draft';
import { campaignQuery, dispositionsQuery, scriptQuery } from './queries';
import type { Campaign, Script } from './types';

export type Edit = <S extends Slice>(slice: S, value: Draft[S]) => void;

export interface CampaignDraft {
  campaign: Campaign | undefined;
  script: Script | undefined;
  draft: Draft | undefined;
  changed: Slice[];
  loadError: unknown;
  reload: () => void;
  edit: Edit;
  save: () => void;
  saving: boolean;
  saveError: unknown;
  discard: () => void;
}

/** Only what differs is sent. The order matters: dispositions and script stand on the campaign's own fields. */
async function send(id: number, base: Draft, draft: Draft): Promise<void> {
  const at = { params: { path: { campaign_id: id } } };
  const changed = new Set(changedSlices(base, draft));
  if (changed.has('fields'))
    await unwrap(api.PATCH('/api/campaigns/{campaign_id}', { ...at, body: changedFields(base, draft) }));
  if (changed.has('assignments'))
    await unwrap(api.PUT('/api/campaigns/{campaign_id}/assignments', { ...at, body: draft.assignments }));
  if (changed.has('numbers'))
    await unwrap(api.PUT('/api/campaigns/{campaign_id}/presented-numbers', { ...at, body: draft.numbers }));
  if (changed.has('retries'))
    await unwrap(api.PUT('/api/campaigns/{campaign_id}/retry-rules', { ...at, body: draft.retries }));
  if (changed.has('dispositions'))
    await unwrap(
      api.PUT('/api/campaigns/{campaign_id}/dispositions', {
        ...at,
        body: dispositionsBody(draft.dispositions),
      }),
    );
  if (changed.has('script'))
    await unwrap(api.PUT('/api/campaigns/{campaign_id}/script', { ...at, body: scriptBody(draft.script) }));
}

export function useCampaignDraft(id: number): CampaignDraft {
  const client = useQueryClient();
  const [campaign, dispositions, script] = useQueries({
    queries: [campaignQuery(id), dispositionsQuery(id), scriptQuery(id)],
  });
  /** Slices that were touched; the others follow what is kept. */
  const [edits, setEdits] = useState<Partial<Draft>>({});
  const base =
    campaign.data && dispositions.data && script.data
      ? draftOf(campaign.data, dispositions.data.items, script.data)
      : undefined;
  const draft = base && { ...base, ...edits };
  const refresh = async (): Promise<void> => {
    await Promise.all([
      client.invalidateQueries({ queryKey: campaignQuery(id).queryKey }),
      client.invalidateQueries({ queryKey: dispositionsQuery(id).queryKey }),
      client.invalidateQueries({ queryKey: scriptQuery(id).queryKey }),
      client.invalidateQueries({ queryKey: ['campaigns', 'list'] }),
    ]);
  };
  const saving = useMutation({
    mutationFn: async () => {
      if (base && draft) await send(id, base, draft);
      await refresh();
    },
    onSuccess: () => setEdits({}),
    // Part of it may have been kept: what is shown as kept must be so.
    onError: refresh,
  });
  return {
    campaign: campaign.data,
    script: script.data,
    draft,
    changed: base && draft ? changedSlices(base, draft) : [],
    loadError: campaign.error ?? dispositions.error ?? script.error,
    reload: () => void refresh(),
    edit: (slice, value) => {
      saving.reset();
      setEdits((all) => ({ ...all, [slice]: value }));
    },
    save: () => saving.mutate(),
    saving: saving.isPending,
    saveError: saving.error,
    discard: () => {
      saving.reset();
      setEdits({});
    },
  };
}
