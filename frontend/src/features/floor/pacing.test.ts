import { describe, expect, it } from 'vitest';
import type { PacingView } from '@/lib/floor/types';
import { abandonedShare, capState } from './pacing';

const paced = (abandoned: number, answered: number, more: Partial<PacingView> = {}): PacingView =>
  ({
    abandoned_24h: abandoned,
    answered_24h: answered,
    cap: 0.03,
    switched_off: false,
    ...more,
  }) as PacingView;

describe('abandoned calls against their cap', () => {
  it('has no share before anybody has answered', () => {
    expect(abandonedShare(0, 0)).toBeNull();
    expect(capState(paced(0, 0))).toBe('none');
  });
  it('is near from four fifths of the cap on', () => {
    expect(capState(paced(23, 1000))).toBe('ok');
    expect(capState(paced(24, 1000))).toBe('near');
    expect(capState(paced(30, 1000))).toBe('near');
    expect(capState(paced(31, 1000))).toBe('over');
  });
  it('is over while the kill switch is on, whatever the share has come down to', () => {
    expect(capState(paced(1, 1000, { switched_off: true }))).toBe('over');
  });
  it('with a cap of nothing, only an abandoned call is over it', () => {
    expect(capState(paced(0, 100, { cap: 0 }))).toBe('ok');
    expect(capState(paced(1, 100, { cap: 0 }))).toBe('over');
  });
});
