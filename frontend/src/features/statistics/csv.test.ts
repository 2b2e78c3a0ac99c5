import { expect, it } from 'vitest';
import { csv } from './csv';

it('never lets a name become a formula, and quotes what would break a row', () => {
  expect(csv([['=1+1', 'a;b', 'dit "oui"', 1.5, null]])).toBe('\uFEFF\'=1+1;"a;b";"dit ""oui""";1,5;\r\n');
});
