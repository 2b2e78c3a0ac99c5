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

/** What cannot be done while the agent's own line is down. */
const NEEDS_LINE: PrimaryAct[] = ['ready', 'call_offered', 'call_record', 'compose', 'unhold'];

export function primaryAct(shown: Shown): PrimaryAct {
  const act = wished(shown);
  return shown.session?.leg !== 'up' && NEEDS_LINE.includes(act) ? 'wait' : act;
}

function wished(shown: Shown): PrimaryAct {
  const { state, call, record, campaign } = shown;
  switch (state.code) {
    case 'offline':
    case 'paused':
      if (needsOutcome(shown)) return 'choose_outcome';
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
