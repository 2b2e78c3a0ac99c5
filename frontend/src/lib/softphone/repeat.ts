/**
 * Takes a step, and again some time after it was answered, until it is cancelled.
 *
 * Never twice at once: on a slow floor, orders given by the clock alone queue up, and each spoils what the one before gave.
 */
export function repeat(take: () => Promise<unknown>, firstInMs: number, againInMs: number): () => void {
  let over = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const turn = async (): Promise<void> => {
    await take().catch(() => undefined);
    if (!over) timer = setTimeout(() => void turn(), againInMs);
  };
  if (firstInMs > 0) timer = setTimeout(() => void turn(), firstInMs);
  else void turn();
  return () => {
    over = true;
    clearTimeout(timer);
  };
}
