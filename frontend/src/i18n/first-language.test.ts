import { expect, it } from 'vitest';
import { firstLanguage } from './first-language';

it.each([
  [null, ['en-GB', 'en'], 'en'],
  [null, ['de-DE', 'de', 'en'], 'en'],
  [null, ['fr-FR', 'fr', 'en-US', 'en'], 'fr'],
  [null, ['de-DE'], 'fr'],
  ['fr', ['en-GB'], 'fr'],
  ['en', ['fr-FR'], 'en'],
] as const)('chosen %s, liked %s: %s', (chosen, liked, told) => {
  // Bug: whoever had not chosen yet was told in French, even by an English browser.
  expect(firstLanguage(chosen, liked)).toBe(told);
});
