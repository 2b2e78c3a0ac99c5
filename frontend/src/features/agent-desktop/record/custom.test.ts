import i18next from 'i18next';
import { afterAll, describe, expect, it } from 'vitest';
import { parsed, written } from './custom';

describe('what is typed into a field of this floor’s own', () => {
  it('keeps a number that is being typed, comma and zeros too', () => {
    // Bug: the comma vanished as it was typed, and 12,5 became 125.
    expect(['1', '12', '12,', '12,0', '12,05'].map((typed) => parsed('number', typed))).toEqual([
      1,
      12,
      '12,',
      '12,0',
      12.05,
    ]);
  });

  it('leaves what is no number to the server, and empties with null', () => {
    expect(parsed('number', 'douze')).toBe('douze');
    expect(parsed('number', '')).toBeNull();
    expect(parsed('text', '12')).toBe('12');
  });
});

describe('what a field of this floor’s own shows', () => {
  afterAll(() => i18next.changeLanguage('fr'));
  it('has the decimals of the reader’s language', async () => {
    await i18next.init({ lng: 'fr' });
    expect([written(12.5), written('12.'), written(null)]).toEqual(['12,5', '12.', '']);
    // Bug: an agent who reads English saw 12,5, and of 12.5 as he typed it too.
    await i18next.changeLanguage('en');
    expect(written(12.5)).toBe('12.5');
  });
});
