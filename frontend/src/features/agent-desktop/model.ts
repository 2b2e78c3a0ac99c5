/** What the desktop shows, under short names. */
import type { components } from '@/lib/api/schema';
import type { AgentDesktop, CallView } from '@/lib/floor/types';

type Words = components['schemas'];
export type Desk = Words['Desk'];
export type Disposition = Words['DispositionOut'];
export type Question = Words['Question'];
export type ScriptPage = Words['ScriptPage'];
export type Objection = Words['Objection'];
export type CustomField = Words['DeskCustomField'];
export type PauseReason = Words['PauseReasonOut'];
export type HistoryItem = Words['HistoryPage']['items'][number];
export type ContactRow = Words['ContactRow'];

/** The call, while its line is open in any way. */
export function liveCall(state: Pick<AgentDesktop, 'call'>): CallView | null {
  return state.call && state.call.state !== 'ended' ? state.call : null;
}

/** The call that the record says something about: the live one, or one that ended with nobody (a machine, no answer). */
export function tellingCall(state: Pick<AgentDesktop, 'call'>): CallView | null {
  const { call } = state;
  return liveCall(state) ?? (call?.result && call.result !== 'connected' ? call : null);
}

export function isTalking(state: Pick<AgentDesktop, 'state'>): boolean {
  return state.state.code === 'talking' || state.state.code === 'hold';
}
