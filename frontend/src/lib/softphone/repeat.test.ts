import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { repeat } from './repeat';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a step that is taken again', () => {
  it('is not taken again before it is answered, however slow the floor', async () => {
    let answer: (() => void) | undefined;
    const take = vi.fn(() => new Promise<void>((resolve) => (answer = resolve)));
    repeat(take, 0, 4000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(take).toHaveBeenCalledTimes(1);
    answer?.();
    await vi.advanceTimersByTimeAsync(4000);
    expect(take).toHaveBeenCalledTimes(2);
  });
  it('is taken again when it was refused', async () => {
    const take = vi.fn(() => Promise.reject(new Error('not now')));
    repeat(take, 0, 4000);
    await vi.advanceTimersByTimeAsync(4000);
    expect(take).toHaveBeenCalledTimes(2);
  });
  it('waits first where it is told to, and ends when it is cancelled', async () => {
    const take = vi.fn(() => Promise.resolve());
    const cancel = repeat(take, 1000, 4000);
    expect(take).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(take).toHaveBeenCalledTimes(1);
    cancel();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(take).toHaveBeenCalledTimes(1);
  });
});
