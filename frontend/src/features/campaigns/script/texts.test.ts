import { expect, it } from 'vitest';
import { inserted, pieces } from './texts';

it('cuts a text at its fields', () => {
  expect(pieces('Bonjour {{ contact.civility }} {{contact.last_name}}.')).toEqual([
    { kind: 'text', text: 'Bonjour ' },
    { kind: 'field', name: 'contact.civility' },
    { kind: 'text', text: ' ' },
    { kind: 'field', name: 'contact.last_name' },
    { kind: 'text', text: '.' },
  ]);
});

it('puts a field in the place of what was selected', () => {
  expect(inserted('Bonjour XX.', 'contact.city', 8, 10)).toEqual({
    text: 'Bonjour {{ contact.city }}.',
    cursor: 26,
  });
});
