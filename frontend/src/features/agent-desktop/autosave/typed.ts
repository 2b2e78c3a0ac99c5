/** What an agent types on the desktop, where it is saved, and how a field reads it. */
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { SaveState } from '@/components/SavedMark';
import { api, unwrap } from '@/lib/api/client';
import { Autosave, type Entry, type Target } from './autosave';

export type PhoneKind = 'phone' | 'mobile' | 'office' | 'fax';

export type Typed = Target &
  (
    | { kind: 'field'; name: string }
    | { kind: 'custom'; name: string }
    | { kind: 'phone'; name: PhoneKind }
    | { kind: 'note'; callId: string | null; campaignId: number | null }
    | { kind: 'answer'; name: string; callId: string | null; campaignId: number }
  );

/** Notes written with no call: the first save makes the note, the next ones go on with it. */
const noteIds = new Map<string, number>();

async function send(typed: Typed, value: unknown): Promise<void> {
  const path = { contact_id: typed.contactId };
  switch (typed.kind) {
    case 'field':
      await unwrap(
        api.PATCH('/api/contacts/{contact_id}', { params: { path }, body: { [typed.name]: value } }),
      );
      return;
    case 'custom':
      await unwrap(
        api.PATCH('/api/contacts/{contact_id}', {
          params: { path },
          body: { custom: { [typed.name]: value } },
        }),
      );
      return;
    case 'phone':
      await unwrap(
        api.PATCH('/api/contacts/{contact_id}', {
          params: { path },
          body: { phones: { [typed.name]: value as string } },
        }),
      );
      return;
    case 'note': {
      const note = await unwrap(
        api.PUT('/api/contacts/{contact_id}/note', {
          params: { path },
          body: {
            call_id: typed.callId,
            campaign_id: typed.campaignId,
            note_id: typed.callId ? null : (noteIds.get(typed.id) ?? null),
            text: String(value),
          },
        }),
      );
      noteIds.set(typed.id, note.id);
      return;
    }
    case 'answer':
      await unwrap(
        api.PUT('/api/contacts/{contact_id}/answers', {
          params: { path },
          body: {
            campaign_id: typed.campaignId,
            call_id: typed.callId,
            key: typed.name,
            value: value as string | number | boolean | null,
          },
        }),
      );
  }
}

export const autosave = new Autosave<Typed>(send, window.localStorage);

/** The value to show (what was typed, else the server's), and the way to type another. */
export function useTyped<Value>(
  typed: Typed,
  server: Value,
): { value: Value; entry: Entry<Typed> | undefined; set: (value: Value, delayMs?: number) => void } {
  const entry = useSyncExternalStore(autosave.subscribe, () => autosave.get(typed.id));
  const settled = JSON.stringify(server ?? null);
  useEffect(() => autosave.settle(typed.id, JSON.parse(settled)), [typed.id, settled, entry?.state]);
  const set = useCallback(
    (value: Value, delayMs?: number) => autosave.put(typed, value, server, delayMs),
    [typed, server],
  );
  return { value: entry ? (entry.value as Value) : server, entry, set };
}

export function useSaveState(contactId: number, section: Target['section']): SaveState {
  return useSyncExternalStore(autosave.subscribe, () => autosave.stateOf(contactId, section));
}
