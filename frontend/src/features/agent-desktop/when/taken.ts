/** The call in which this tab has taken an appointment already: its outcome does not ask for another one. */
const KEY = 'decroche.appointment';

export function noteTaken(callId: string | null, storage: Pick<Storage, 'setItem'> = sessionStorage): void {
  if (callId) storage.setItem(KEY, callId);
}

export function isTaken(callId: string | null, storage: Pick<Storage, 'getItem'> = sessionStorage): boolean {
  return callId !== null && storage.getItem(KEY) === callId;
}
