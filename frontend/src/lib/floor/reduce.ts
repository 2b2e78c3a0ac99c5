/** What a message from the floor does to what is known; pure. */
import type { FromFloor } from './types';

export interface Known<State> {
  seq: number;
  state: State | null;
}

export type Reduced<State> = { kind: 'kept'; known: Known<State> } | { kind: 'gap' };

/** An update replaces top-level keys whole; one that does not follow the last number is a gap: the whole must be asked again. */
export function reduce<State extends object>(known: Known<State>, message: FromFloor<State>): Reduced<State> {
  if (message.type === 'snapshot') return { kind: 'kept', known: { seq: message.seq, state: message.state } };
  if (message.type !== 'update') return { kind: 'kept', known };
  if (known.state === null || message.seq !== known.seq + 1) return { kind: 'gap' };
  return { kind: 'kept', known: { seq: message.seq, state: { ...known.state, ...message.changes } } };
}

/** Seconds to wait before try number `attempt` (from 0): quick at first, then calm, never in step with the other desktops. */
export function backOff(attempt: number, random: () => number = Math.random): number {
  const longest = Math.min(10, 0.25 * 2 ** attempt);
  return longest * (0.5 + 0.5 * random());
}
