import { expect, it } from 'vitest';
import { filtersOf } from './filters';

it('asks for the days under the names of each subject, the last one included', () => {
  const period = { from: '2026-11-23', to: '2026-11-23' };
  const [first, after] = ['2026-11-22T23:00:00.000Z', '2026-11-23T23:00:00.000Z'];
  expect(filtersOf('calls', '3', period)).toEqual({ campaign_id: 3, since: first, until: after });
  expect(filtersOf('callbacks', undefined, period)).toEqual({ due_from: first, due_to: after });
  expect(filtersOf('contacts', undefined, period)).toEqual({});
});
