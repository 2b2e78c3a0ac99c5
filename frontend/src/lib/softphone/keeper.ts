/** What the browser's telephone must do next so that the agent's leg is up; pure. */
import type { SessionView } from '../floor/types';
import { backOff } from '../floor/reduce';
import type { LineState } from './line';

export interface Situation {
  session: Pick<SessionView, 'device' | 'leg' | 'credentials'> | null;
  line: Pick<LineState, 'registration' | 'leg' | 'startedWith'>;
  microphoneOpen: boolean;
}

export type Step =
  | 'nothing'
  /** No session for this browser: hang up and unregister. */
  | 'stop'
  /** Open the microphone first: the leg is answered with it. */
  | 'open_microphone'
  /** Ask the floor for credentials: the page was reloaded, or they are refused. */
  | 'reattach'
  /** Register with the credentials that have come. */
  | 'register'
  /** Tell the floor that the line is registered and waits for its leg. */
  | 'announce';

export function nextStep({ session, line, microphoneOpen }: Situation): Step {
  if (session?.device !== 'browser') return line.registration === 'off' ? 'nothing' : 'stop';
  if (!microphoneOpen) return 'open_microphone';
  const fresh = session.credentials && session.credentials.password !== line.startedWith;
  if (fresh) return 'register';
  // The floor is loading the account, and will tell: asking again now would spoil what is on its way.
  if (session.leg === 'none') return 'nothing';
  if (line.registration === 'refused' && line.leg === 'up') return 'nothing';
  if (line.registration === 'off' || line.registration === 'refused') return 'reattach';
  const wanted = session.leg !== 'up' && session.leg !== 'calling';
  if (line.registration === 'registered' && line.leg === 'none' && wanted) return 'announce';
  return 'nothing';
}

/** Milliseconds to wait before asking for other credentials after so many failures in a row: a reload waits for nothing. */
export function patienceMs(failures: number, random?: () => number): number {
  return failures === 0 ? 0 : backOff(failures + 1, random) * 1000;
}
