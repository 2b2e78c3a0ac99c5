import { describe, expect, it } from 'vitest';
import { detailLines, type Words } from './detail';

const NAMES: Record<string, string> = { priority: 'Priorité', name: 'Nom', label: 'Libellé', city: 'Ville' };
const words: Words = {
  field: (key) => NAMES[key] ?? key,
  value: (value) => (value === null || value === '' ? '–' : value === true ? 'Oui' : String(value)),
  line: (field, value) => `${field} : ${value}`,
  reason: (text) => `« ${text} »`,
};

describe('the detail of an entry', () => {
  it('is each field before and after', () => {
    expect(detailLines({ changes: { priority: [2, 5], name: ['', 'Santé'] } }, words)).toEqual([
      'Priorité : 2 → 5',
      'Nom : – → Santé',
    ]);
    expect(
      detailLines(
        { before: { label: 'Effectif', kind: 'text' }, after: { label: 'Salariés', kind: 'text' } },
        words,
      ),
    ).toEqual(['Libellé : Effectif → Salariés']);
    expect(detailLines({ before: 'Mars', name: 'Avril' }, words)).toEqual(['Nom : Mars → Avril']);
  });
  it('begins with a person’s own words', () => {
    expect(detailLines({ codes: ['hours'], reason: 'Il l’a demandé' }, words)).toEqual([
      '« Il l’a demandé »',
      'codes : hours',
    ]);
  });
  it('names fields, lists and what lies in them, never as JSON', () => {
    expect(detailLines({ fields: ['city', 'name'] }, words)).toEqual(['fields : Ville, Nom']);
    expect(detailLines({ fields: { name: 'Ligne', active: true } }, words)).toEqual([
      'Nom : Ligne',
      'active : Oui',
    ]);
    expect(detailLines({ rules: [{ result: 'busy', most: 3 }], groups: [] }, words)).toEqual([
      'rules : (result : busy, most : 3)',
      'groups : –',
    ]);
    expect(detailLines({ before: { note: '2029-06-01' } }, words)).toEqual(['before : (note : 2029-06-01)']);
  });
});
