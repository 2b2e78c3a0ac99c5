/** What was chosen for a draft so far: kept on the server as it is chosen, found again after a reload. */
import { useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { notifyError } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { errorFromThrown } from '@/lib/api/error';
import { inTurn } from '@/lib/in-turn';
import { importQuery } from '../queries';
import type { ConsentTerms, DraftChoices, ImportDetail } from '../types';
import { type Choices, choicesOf, keptColumns, NO_TERMS, termsOf } from './mapping';
import type { PolicyValues } from './Policy';
import type { Tidy } from './Tidying';

const PAUSE_MS = 250;
/** What was chosen last went with the start itself. */
const STARTED = 'import_already_started';
/** Nobody who leaves is told that the file has just been thrown away: by himself, most often. */
const GONE = 'not_found';

interface Draft {
  choices: Choices;
  policy: PolicyValues;
  tidy: Tidy;
  terms: ConsentTerms;
}

function firstDraft(batch: ImportDetail): Draft {
  const kept = batch.choices;
  return {
    choices: choicesOf(kept?.columns ?? []),
    tidy: kept?.tidy ?? batch.tidy,
    terms: termsOf(kept?.consent ?? batch.consent) ?? NO_TERMS,
    policy: {
      name: kept ? kept.name : batch.name || batch.file_name.replace(/\.\w+$/, ''),
      duplicates: kept?.duplicates ?? batch.duplicates,
      match_by: kept?.match_by ?? (batch.match_by.length ? batch.match_by : ['phone', 'client_code']),
      against: kept?.against ?? batch.against,
      campaign_id: kept?.campaign_id ?? null,
      save_mapping_as: kept?.save_mapping_as ?? '',
    },
  };
}

export function useDraft(batch: ImportDetail): [Draft, (some: Partial<Draft>) => void] {
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => firstDraft(batch));
  const timer = useRef<number>(undefined);
  const unkept = useRef<(leaves?: boolean) => void>(undefined);
  const change = (some: Partial<Draft>): void => {
    const next = { ...draft, ...some };
    setDraft(next);
    window.clearTimeout(timer.current);
    unkept.current = (leaves = false) => {
      window.clearTimeout(timer.current);
      unkept.current = keepWaiting;
      if (leaves) {
        kept.takeBack();
        void keep(next, true);
      } else kept.save(next);
    };
    timer.current = window.setTimeout(() => unkept.current?.(), PAUSE_MS);
  };
  const keep = ({ choices, policy, tidy, terms }: Draft, leaves: boolean): Promise<unknown> => {
    const body: DraftChoices = { ...policy, tidy, consent: terms, columns: keptColumns(choices) };
    const path = { batch_id: batch.id };
    return unwrap(
      api.PUT('/api/imports/{batch_id}/choices', { params: { path }, body, keepalive: true }),
    ).then(
      () => client.setQueryData(importQuery(batch.id).queryKey, (now) => now && { ...now, choices: body }),
      (error) => {
        const { code } = errorFromThrown(error);
        if (code !== STARTED && !(leaves && code === GONE)) notifyError(error);
      },
    );
  };
  const [kept] = useState(() => inTurn((next: Draft) => keep(next, false)));
  /** Who leaves does not wait for his turn. */
  const keepWaiting = (): void => {
    const waiting = kept.takeBack();
    if (waiting) void keep(waiting.value, true);
  };
  useEffect(() => {
    const keepNow = () => unkept.current?.(true);
    window.addEventListener('pagehide', keepNow);
    return () => {
      window.removeEventListener('pagehide', keepNow);
      keepNow();
    };
  }, []);
  return [draft, change];
}
