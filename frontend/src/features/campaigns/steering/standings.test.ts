import { describe, expect, it } from 'vitest';
import { STANDINGS } from '../queue/types';
import { FIGURES, hasOthers, othersOf } from './standings';

const NONE = {
  callable: 0,
  later: 0,
  promised: 0,
  refused: 0,
  outside: 0,
  in_call: 0,
  finished: 0,
  withdrawn: 0,
};

describe('the figures of a list', () => {
  it('add up to all its contacts: the refused and the promised had no column, and the total was more than them', () => {
    const list = Object.fromEntries(STANDINGS.map((name, index) => [name, 10 ** index])) as typeof NONE;
    const shown = FIGURES.reduce((sum, name) => sum + list[name], 0) + othersOf(list).count;
    expect(shown).toBe(11_111_111);
  });

  it('say which others there are, and leave their column out where there are none', () => {
    const list = { ...NONE, finished: 4, in_call: 1, outside: 12 };
    expect(othersOf(list).parts).toEqual([
      { standing: 'outside', count: 12 },
      { standing: 'in_call', count: 1 },
    ]);
    expect(hasOthers([NONE, list])).toBe(true);
    expect(hasOthers([NONE, { ...NONE, refused: 3 }])).toBe(false);
  });
});
