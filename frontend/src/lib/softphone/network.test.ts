import { describe, expect, it } from 'vitest';
import { judge, type Sample } from './network';

const start: Sample = { received: 0, lost: 0, jitterMs: 5, roundTripMs: 20, outboundLoss: 0 };

describe('the quality of the line', () => {
  it('is good when packets come', () => {
    expect(judge(start, { ...start, received: 250 }).quality).toBe('good');
  });
  it('is poor when one in ten is lost', () => {
    expect(judge(start, { ...start, received: 225, lost: 25 }).quality).toBe('poor');
  });
  it('is poor when the other side does not get what we send', () => {
    expect(judge(start, { ...start, received: 250, outboundLoss: 0.2 }).quality).toBe('poor');
  });
  it('is fair when the way is long', () => {
    expect(judge(start, { ...start, received: 250, roundTripMs: 300 }).quality).toBe('fair');
  });
  it('is not judged in silence', () => {
    expect(judge({ ...start, roundTripMs: null }, { ...start, roundTripMs: null }).quality).toBe('unknown');
  });
});
