/**
 * Which tab the session on the floor belongs to, remembered by the tab itself.
 *
 * The floor shows a session to one window only. After a reload, or a network that was away, the former socket may not be
 * closed yet when the new one opens: the tab that had the session takes it back by itself, another tab asks first.
 */
import type { AgentDesktop } from '@/lib/floor/types';

const KEY = 'decroche.session';

type Seen = Pick<AgentDesktop, 'session'> & { state: Pick<AgentDesktop['state'], 'code'> };

/** Remembers or forgets, from what the floor shows. */
export function noteSession(
  { session, state }: Seen,
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
): void {
  if (session) storage.setItem(KEY, String(session.id));
  else if (state.code === 'offline') storage.removeItem(KEY);
}

export function forgetSession(storage: Pick<Storage, 'removeItem'>): void {
  storage.removeItem(KEY);
}

/** Whether this tab must take its session back: it had one, and the floor says that it goes on elsewhere. */
export function mustTakeBack({ session, state }: Seen, storage: Pick<Storage, 'getItem'>): boolean {
  return session === null && state.code !== 'offline' && storage.getItem(KEY) !== null;
}
