import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { fedWords } from './fed';

const t = ((key: string, { count }: { count: number }) =>
  `${key.split('.').at(-1)} ${count}`) as unknown as TFunction<'campaigns'>;

test('what came in is always told, the rest where there is some', () => {
  expect(fedWords({ already: 3, no_number: 0 }, t)).toBe('added 0, already 3.');
  expect(fedWords({ no_number: 1, added: 2, back: 4 }, t)).toBe('added 2, back 4, no_number 1.');
});
