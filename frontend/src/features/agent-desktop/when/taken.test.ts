import { expect, it } from 'vitest';
import { isTaken, noteTaken } from './taken';

it('remembers the call in which an appointment was taken, through a reload, and no other', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  noteTaken('first', storage);
  expect(isTaken('first', storage)).toBe(true);
  expect(isTaken('second', storage)).toBe(false);
  expect(isTaken(null, storage)).toBe(false);
});
