/** One request at a time, so that what was said last is what stays, however long each takes; of those that wait, the last alone is sent. */
export interface InTurn<T> {
  save: (value: T) => void;
  /** What waits, for who cannot wait any longer. */
  takeBack: () => { value: T } | undefined;
}

export function inTurn<T>(send: (value: T) => Promise<unknown>): InTurn<T> {
  let waiting: { value: T } | undefined;
  let busy = false;
  const takeBack = (): { value: T } | undefined => {
    const taken = waiting;
    waiting = undefined;
    return taken;
  };
  const sendAll = async (): Promise<void> => {
    busy = true;
    for (let next = takeBack(); next; next = takeBack()) await send(next.value).catch(() => undefined); // `send` tells of its failures itself
    busy = false;
  };
  const save = (value: T): void => {
    waiting = { value };
    if (!busy) void sendAll();
  };
  return { save, takeBack };
}
