import { describe, expect, it } from 'vitest';
import { troubleOf } from './trouble';

const fine = {
  connection: 'live' as const,
  session: { device: 'browser' as const, leg: 'awaiting_registration' as const, leg_error: null },
  telephony: 'ok' as const,
  line: { silenced: false, failures: 0 },
  sound: { status: 'open' as const, problem: null, cut: false },
};

describe('what the agent is told of his line', () => {
  it('is that it is being connected, and nothing of a first refusal', () => {
    expect(troubleOf(fine)?.key).toBe('leg.connecting');
    expect(troubleOf({ ...fine, line: { silenced: false, failures: 1 } })?.key).toBe('leg.connecting');
  });
  it('is what to do once it is refused again', () => {
    expect(troubleOf({ ...fine, line: { silenced: false, failures: 2 } })).toEqual({
      level: 'error',
      key: 'line.failing',
    });
  });
  it('is that telephony could not prepare it', () => {
    const session = { ...fine.session, leg: 'none' as const, leg_error: 'telephony_down' };
    expect(troubleOf({ ...fine, session })?.key).toBe('line.notPrepared');
  });
  it('is nothing while it is up, whatever its registration', () => {
    const session = { ...fine.session, leg: 'up' as const };
    expect(troubleOf({ ...fine, session, line: { silenced: false, failures: 5 } })).toBeNull();
  });
  it('is nothing of the browser for who sits at a telephone', () => {
    const session = { device: 'number' as const, leg: 'calling' as const, leg_error: null };
    expect(troubleOf({ ...fine, session, line: { silenced: false, failures: 5 } })?.key).toBe('leg.calling');
  });
});
