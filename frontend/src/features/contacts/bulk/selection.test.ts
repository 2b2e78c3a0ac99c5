import { expect, test } from 'vitest';
import { EVERYBODY, forApi, isChosen, isEmpty, NONE, toggled } from './selection';

const filter = { all: [] };

test('rows are chosen one by one and let go', () => {
  const two = toggled(toggled(NONE, 1), 2);
  expect([1, 2, 3].map((id) => isChosen(two, id))).toEqual([true, true, false]);
  expect(isEmpty(toggled(toggled(two, 1), 2))).toBe(true);
  expect(forApi(two, filter)).toEqual({ ids: [1, 2] });
});

test('all are chosen but those let go', () => {
  const some = toggled(EVERYBODY, 7);
  expect([7, 8].map((id) => isChosen(some, id))).toEqual([false, true]);
  expect(forApi(some, filter)).toEqual({ filter, except_ids: [7] });
});
