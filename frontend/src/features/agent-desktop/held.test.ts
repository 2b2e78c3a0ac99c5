import { beforeEach, describe, expect, it } from 'vitest';
import { forgetSession, mustTakeBack, noteSession } from './held';

let kept = new Map<string, string>();
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
};
const session = { id: 3 } as never;

beforeEach(() => {
  kept = new Map();
});

describe('the tab that had the session', () => {
  it('takes it back when the floor still holds it for the former socket', () => {
    noteSession({ session, state: { code: 'talking' } }, storage);
    expect(mustTakeBack({ session: null, state: { code: 'talking' } }, storage)).toBe(true);
  });
  it('takes nothing back after a sign-out', () => {
    noteSession({ session, state: { code: 'paused' } }, storage);
    noteSession({ session: null, state: { code: 'offline' } }, storage);
    expect(mustTakeBack({ session: null, state: { code: 'paused' } }, storage)).toBe(false);
  });
  it('leaves it to the window that took it over', () => {
    noteSession({ session, state: { code: 'paused' } }, storage);
    forgetSession(storage);
    expect(mustTakeBack({ session: null, state: { code: 'paused' } }, storage)).toBe(false);
  });
});
