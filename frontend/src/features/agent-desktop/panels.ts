/** Which of the desktop's panels is open: one at most. While one is, the keys are its own. */
import { useSyncExternalStore } from 'react';

export type Panel =
  | 'callback'
  | 'appointment'
  | 'keypad'
  | 'skip'
  | 'search'
  | 'keys'
  | 'pause'
  | 'audio'
  | 'objection'
  | 'consents'
  | 'mails';

export interface Open {
  panel: Panel;
  /** Outcome that the callback or the appointment is for, when it was an outcome that asked for it. */
  dispositionId?: number;
}

let open: Open | null = null;
const listeners = new Set<() => void>();

export function setPanel(next: Open | null): void {
  open = next;
  for (const listener of listeners) listener();
}

export function togglePanel(panel: Panel): void {
  setPanel(open?.panel === panel ? null : { panel });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePanel(): Open | null {
  return useSyncExternalStore(subscribe, () => open);
}

/** Props of what a panel shows: the keys are its own while it is open, and the desktop's again while it fades away. */
export function ownKeys(opened: boolean): { 'data-own-keys'?: true } {
  return opened ? { 'data-own-keys': true } : {};
}
