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

export function openPanel(): Open | null {
  return open;
}

export function usePanel(): Open | null {
  return useSyncExternalStore(subscribe, openPanel);
}

const OF_NO_RECORD: readonly Panel[] = ['search', 'keys', 'pause', 'audio'];

/** The record went: what was open on it would open on the next one, and keep the keys meanwhile. */
export function closeOfRecord(): void {
  if (open && !OF_NO_RECORD.includes(open.panel)) setPanel(null);
}

/** The talk is over: so is what only a talk needs. */
export function closeOfTalk(): void {
  if (open?.panel === 'keypad') setPanel(null);
}

/** Props of what a panel shows: the keys are its own while it is open, and the desktop's again while it fades away. */
export function ownKeys(opened: boolean): { 'data-own-keys'?: true } {
  return opened ? { 'data-own-keys': true } : {};
}
