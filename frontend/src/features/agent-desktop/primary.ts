/** The one thing to do next in each state, under the space bar; pure. */
import type { AgentDesktop } from '@/lib/floor/types';

export type PrimaryAct =
  | 'ready'
  | 'call_offered'
  | 'call_record'
  | 'compose'
  | 'unhold'
  | 'finish'
  | 'next'
  | 'choose_outcome'
  | 'wait';

export type Shown = Pick<AgentDesktop, 'state' | 'call' | 'record' | 'campaign' | 'session'>;

/** A talk that reached somebody needs an outcome before the next call; the floor has the last word. */
function needsOutcome({ call }: Shown): boolean {
  return call !== null && call.bridged_at !== null && call.disposition_id === null;
}

export function primaryAct(shown: Shown): PrimaryAct {
  const { state, call, record, campaign, session } = shown;
  if (session?.leg !== 'up') return 'wait';
  switch (state.code) {
    case 'offline':
    case 'paused':
      if (call && needsOutcome(shown)) return 'choose_outcome';
      return record && !call ? 'call_record' : 'ready';
    case 'preview':
      return 'call_offered';
    case 'ready':
      if (record && !call) return 'call_record';
      return campaign?.mode === 'manual' || !campaign ? 'compose' : 'wait';
    case 'hold':
      return 'unhold';
    case 'talking':
      return call?.disposition_id ? 'finish' : 'choose_outcome';
    case 'wrap_up':
      return needsOutcome(shown) ? 'choose_outcome' : 'next';
    default:
      return 'wait';
  }
}
