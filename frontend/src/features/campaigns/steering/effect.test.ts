import { describe, expect, it } from 'vitest';
import { effectOf } from './effect';

const list = (key: string, priority: number, share: number, callable = 10) => ({
  key,
  priority,
  share,
  callable,
});

describe('what priorities and shares make of the next calls', () => {
  it('shares them between lists of one priority that have somebody to call', () => {
    const lists = [list('a', 0, 3), list('b', 0, 1), list('c', 0, 4, 0), list('d', 0, 0)] as const;
    expect(lists.map((one) => effectOf(one, lists))).toEqual([
      { is: 'share', percent: 75 },
      { is: 'share', percent: 25 },
      { is: 'empty' },
      { is: 'never' },
    ]);
  });

  it('calls a lower priority once the higher ones have nobody left', () => {
    const high = list('a', 5, 1);
    const low = list('b', 0, 9);
    expect(effectOf(low, [high, low])).toEqual({ is: 'after' });
    expect(effectOf(low, [{ ...high, callable: 0 }, low])).toEqual({ is: 'share', percent: 100 });
    expect(effectOf(low, [{ ...high, share: 0 }, low])).toEqual({ is: 'share', percent: 100 });
  });

  it('shares nothing while no list has a priority or a share of its own', () => {
    // Bug: 50 % each, of 300 contacts and of 2, while calls followed the queue, all lists together.
    const lists = [list('a', 0, 1, 300), list('b', 0, 1, 2), list('c', 0, 1, 0)] as const;
    expect(lists.map((one) => effectOf(one, lists))).toEqual([
      { is: 'queue' },
      { is: 'queue' },
      { is: 'empty' },
    ]);
    const alone = [list('a', 0, 1), list('c', 0, 1, 0)] as const;
    expect(effectOf(alone[0], alone)).toEqual({ is: 'share', percent: 100 });
  });
});
