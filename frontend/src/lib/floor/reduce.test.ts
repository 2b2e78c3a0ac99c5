import { describe, expect, it } from 'vitest';
import { backOff, reduce } from './reduce';
import type { FromFloor } from './types';

interface State {
  a: number;
  b: number;
}
const known = { seq: 4, state: { a: 1, b: 2 } };
const update = (seq: number): FromFloor<State> => ({ type: 'update', seq, changes: { b: 3 } });

describe('what a message does to what is known', () => {
  it('replaces the keys that changed and leaves the others', () => {
    expect(reduce(known, update(5))).toEqual({ kind: 'kept', known: { seq: 5, state: { a: 1, b: 3 } } });
  });
  it('finds a gap in the numbers', () => {
    expect(reduce(known, update(6)).kind).toBe('gap');
  });
  it('finds a gap in an update before any snapshot', () => {
    expect(reduce<State>({ seq: 0, state: null }, update(1)).kind).toBe('gap');
  });
  it('starts again from a snapshot of any number', () => {
    const snapshot: FromFloor<State> = { type: 'snapshot', seq: 90, state: { a: 7, b: 8 } };
    expect(reduce(known, snapshot)).toEqual({ kind: 'kept', known: { seq: 90, state: { a: 7, b: 8 } } });
  });
  it('waits longer after each failure, never more than ten seconds', () => {
    expect(backOff(0, () => 1)).toBe(0.25);
    expect(backOff(40, () => 1)).toBe(10);
  });
});
