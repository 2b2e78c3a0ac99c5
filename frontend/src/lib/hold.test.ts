import { describe, expect, it } from 'vitest';
import { hold } from './hold';

const row = (id: string, state = 'ready') => ({ id, state });
const idOf = ({ id }: { id: string }): string => id;

describe('live rows under the pointer', () => {
  it('keep their order and show what is newest of each', () => {
    const held = hold([row('a'), row('b')], [row('b', 'talking'), row('a')], idOf);
    expect(held.rows).toEqual([row('a'), row('b', 'talking')]);
    expect(held.gone.size).toBe(0);
  });

  it('stay in their place once they are gone, and are told to be', () => {
    const held = hold([row('a'), row('b'), row('c')], [row('c'), row('b')], idOf);
    expect(held.rows.map(idOf)).toEqual(['a', 'b', 'c']);
    expect([...held.gone]).toEqual(['a']);
  });

  it('come after all others, and take their place back where they had gone', () => {
    const first = hold([row('a'), row('b')], [row('c'), row('b')], idOf);
    expect(first.rows.map(idOf)).toEqual(['a', 'b', 'c']);
    const then = hold(first.rows, [row('a', 'paused'), row('c'), row('b')], idOf);
    expect(then.rows).toEqual([row('a', 'paused'), row('b'), row('c')]);
    expect(then.gone.size).toBe(0);
  });
});
