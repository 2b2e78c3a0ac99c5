import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import type { Action } from '@/lib/api/under-way';
import { fedWords, overAtFirst, shownFeeds } from './fed';

const t = ((key: string, { count }: { count: number }) =>
  `${key.split('.').at(-1)} ${count}`) as unknown as TFunction<'campaigns'>;

test('what came in is always told, the rest where there is some', () => {
  expect(fedWords({ already: 3, no_number: 0 }, t)).toBe('added 0, already 3.');
  expect(fedWords({ no_number: 1, added: 2, back: 4 }, t)).toBe('added 2, back 4, no_number 1.');
});

const feed = (id: number, status: Action['status'], campaign = 1): Action =>
  ({ id, status, kind: 'assign', campaign: { id: campaign, name: '' } }) as Action;

// Bug: it was told by the browser's clock: one that is fast hid what had become of them.
test('what was over before is not told, what came since and what is under way is', () => {
  const old = overAtFirst([feed(1, 'done'), feed(2, 'running')]);
  const now = [feed(4, 'running', 2), feed(3, 'done'), feed(2, 'running'), feed(1, 'done')];
  expect(shownFeeds(now, 1, old).map(({ id }) => id)).toEqual([3, 2]);
});

test('of those that came, the last is told', () => {
  expect(shownFeeds([feed(3, 'done'), feed(2, 'failed')], 1, new Set()).map(({ id }) => id)).toEqual([3]);
  expect(shownFeeds([], 1, undefined)).toEqual([]);
});
