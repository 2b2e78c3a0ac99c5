import { describe, expect, it } from 'vitest';
import { textOf } from './page';

describe('a page of the script', () => {
  const page = { text: 'Je vous appelle au sujet de…', return_text: 'Merci de nous rappeler.' };
  it('has words of its own for who calls back', () => {
    expect(textOf(page, true)).toBe('Merci de nous rappeler.');
    expect(textOf(page, false)).toBe('Je vous appelle au sujet de…');
  });
  it('says the same to everybody where there are none', () => {
    expect(textOf({ text: 'Bonjour.', return_text: ' ' }, true)).toBe('Bonjour.');
  });
});
