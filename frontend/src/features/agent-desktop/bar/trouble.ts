/** What prevents talking now, the gravest first; pure. */
import type { Connection } from '@/lib/floor/socket';
import type { AgentDesktop, SessionView } from '@/lib/floor/types';
import type { LineState } from '@/lib/softphone/line';
import type { MicrophoneState } from '@/lib/softphone/microphone';

export interface Trouble {
  level: 'error' | 'info';
  /** Key below `trouble`. */
  key: string;
}

interface Seen {
  connection: Connection;
  session: Pick<SessionView, 'device' | 'leg' | 'leg_error'> | null;
  telephony: AgentDesktop['telephony'];
  line: Pick<LineState, 'silenced' | 'failures'>;
  sound: Pick<MicrophoneState, 'status' | 'problem' | 'cut'>;
}

/** One failure is put right before anybody could read of it. */
const FAILURES_TOLD = 2;

export function troubleOf({ connection, session, telephony, line, sound }: Seen): Trouble | null {
  if (connection !== 'live') return { level: 'error', key: 'connection' };
  if (telephony === 'down') return { level: 'error', key: 'telephony' };
  if (!session) return null;
  if (session.device === 'browser') {
    if (sound.status === 'failed') return { level: 'error', key: `microphone.${sound.problem ?? 'unknown'}` };
    if (sound.status === 'asking' && session.leg !== 'up') return { level: 'info', key: 'asking' };
    if (sound.cut) return { level: 'error', key: 'microphone.cut' };
    if (line.silenced) return { level: 'error', key: 'silenced' };
  }
  if (session.leg === 'up') return null;
  if (session.leg === 'none' && session.leg_error === 'telephony_down')
    return { level: 'error', key: 'line.notPrepared' };
  const waits =
    session.leg === 'calling' || session.leg === 'none' || session.leg === 'awaiting_registration';
  const browser = session.device === 'browser';
  if (browser && line.failures >= FAILURES_TOLD) return { level: 'error', key: 'line.failing' };
  if (waits && browser) return { level: 'info', key: 'leg.connecting' };
  return { level: waits ? 'info' : 'error', key: `leg.${session.leg}` };
}
