import { describe, expect, it } from 'vitest';
import { fill } from './fill';

const values = {
  contact: { last_name: 'Lefèvre', first_name: '', custom: { age: 41 } },
  agent: { first_name: 'Camille' },
};
const said = (text: string): string =>
  fill(text, values)
    .map((piece) => piece.text)
    .join('');

describe('a script', () => {
  it('is filled with the record', () => {
    expect(said('Bonjour {{ contact.last_name }}, {{agent.first_name}} ici.')).toBe(
      'Bonjour Lefèvre, Camille ici.',
    );
  });
  it('shows which field is missing', () => {
    expect(fill('{{ contact.first_name }}', values)).toEqual([
      { text: 'contact.first_name', kind: 'missing' },
    ]);
  });
  it('says the default where the field is missing', () => {
    expect(said('{{ contact.first_name | default: "cher client" }}')).toBe('cher client');
  });
  it('finds the floor’s own fields', () => {
    expect(said('{{ contact.custom.age }} ans')).toBe('41 ans');
  });
  it('never reaches beyond the values', () => {
    expect(fill('{{ contact.constructor.name }}', values)[0]?.kind).toBe('missing');
  });
  it('leaves markup as the text it is', () => {
    const nasty = { contact: { last_name: '<img src=x>' } };
    expect(fill('{{ contact.last_name }}', nasty)).toEqual([{ text: '<img src=x>', kind: 'field' }]);
  });
});
