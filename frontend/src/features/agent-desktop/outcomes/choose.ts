/** Choosing an outcome: what it asks for first (a confirmation, a time, a meeting), then the command. */
import { useSyncExternalStore } from 'react';
import type { CallView } from '@/lib/floor/types';
import { act, floor } from '../floor';
import type { Disposition } from '../model';
import { setPanel } from '../panels';
import { isTaken } from '../when/taken';

let confirming: number | null = null;
const listeners = new Set<() => void>();

function setConfirming(id: number | null): void {
  confirming = id;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The outcome that waits for its confirmation, in its own place. */
export function useConfirming(): number | null {
  return useSyncExternalStore(subscribe, () => confirming);
}

export function cancelConfirming(): boolean {
  const was = confirming !== null;
  if (was) setConfirming(null);
  return was;
}

/** From the first word on; an attempt that reached nobody may be given one too, once it is over. */
export function mayDispose(call: CallView | null): boolean {
  return call !== null && (call.bridged_at !== null || call.state === 'ended');
}

/** A second choice of the same outcome confirms it. */
export function choose(disposition: Disposition): void {
  if (disposition.effect === 'do_not_call' && confirming !== disposition.id)
    return setConfirming(disposition.id);
  cancelConfirming();
  if (disposition.effect === 'callback') setPanel({ panel: 'callback', dispositionId: disposition.id });
  else if (disposition.wants_appointment && !isTaken(floor.getView().state?.call?.id ?? null))
    setPanel({ panel: 'appointment', dispositionId: disposition.id });
  else void act('dispose', { disposition_id: disposition.id });
}

/** Outcomes in their order, each with the key that gives it. */
export function withKeys(dispositions: Disposition[]): { disposition: Disposition; key: string }[] {
  const active = dispositions.filter((one) => one.active);
  const taken = new Set(active.map((one) => one.key).filter(Boolean));
  const free = [...'1234567890'].filter((digit) => !taken.has(digit));
  return active.map((disposition) => ({ disposition, key: disposition.key || (free.shift() ?? '') }));
}
