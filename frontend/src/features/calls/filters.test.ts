import { expect, it } from 'vitest';
import { callQuery } from './filters';

it('turns days into instants: the first from its midnight, the last to the next one', () => {
  expect(callQuery({ from: '2026-11-23', to: '2026-11-23' }, undefined)).toEqual({
    since: '2026-11-22T23:00:00.000Z',
    until: '2026-11-23T23:00:00.000Z',
  });
});

it('leaves out what is not set and results that do not exist', () => {
  expect(callQuery({ result: 'busy,nonsense', campaign_id: 'x' }, '')).toEqual({ result: ['busy'] });
});
