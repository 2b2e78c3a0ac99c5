import { describe, expect, it } from 'vitest';
import type { FileColumn, SavedMapping } from '../types';
import {
  applied,
  foundIn,
  hasNumber,
  mapped,
  missingTerms,
  NO_TERMS,
  problemOf,
  restAsNew,
  startBody,
  titled,
} from './mapping';

const column = (index: number, header: string, suggested: string | null = null): FileColumn => ({
  index,
  header,
  samples: [],
  suggested,
  kind: 'text',
  numbers: null,
});
const file = [column(0, 'Nom', 'last_name'), column(1, 'Tel', 'phone'), column(2, 'Effectif')];

describe('where the columns of a file go', () => {
  it('follows the suggestions until somebody chooses otherwise', () => {
    const columns = mapped(file, { 1: { target: 'mobile' } });
    expect(columns.map(({ target }) => target)).toEqual(['last_name', 'mobile', '']);
    expect(hasNumber(columns)).toBe(true);
  });

  it('refuses two columns for one field', () => {
    expect(problemOf(mapped(file, { 2: { target: 'phone' } }))).toBe('twice');
  });

  it('refuses a new field without a name', () => {
    expect(problemOf(mapped(file, { 2: { target: 'new', field: { label: ' ', kind: 'text' } } }))).toBe(
      'unnamed',
    );
  });

  it('sends what is mapped and the new fields apart', () => {
    const body = startBody(
      mapped(file, { 2: { target: 'new', field: { label: 'Effectif', kind: 'number' } } }),
    );
    expect(body).toEqual({
      mapping: [
        { column: 0, target: 'last_name' },
        { column: 1, target: 'phone' },
      ],
      new_custom_fields: [{ column: 2, label: 'Effectif', kind: 'number' }],
    });
  });
});

const saved = (targets: Record<string, string>): SavedMapping => ({
  id: 1,
  name: 'CRM',
  targets: Object.entries(targets).map(([header, target]) => ({ header, target })),
  tidy: [],
  consent: null,
  created_by: null,
  created_at: '2026-01-01T00:00:00Z',
});

describe('a saved mapping', () => {
  const mapping = saved({ 'TÉL.': 'mobile', Nom: 'company', Ville: 'city' });

  it('finds its columns by their titles, whatever their case, accents and order', () => {
    expect(foundIn(file, mapping)).toBe(2);
    expect(mapped(file, applied(file, mapping)).map(({ target }) => target)).toEqual([
      'company',
      'mobile',
      '',
    ]);
  });
});

describe('a file of many columns', () => {
  const wide: FileColumn[] = [
    ...file,
    { index: 3, header: 'Créé le', samples: ['01/02/2026'], suggested: null, kind: 'date', numbers: null },
  ];

  it('keeps the columns that are left, and are not empty, as new fields of their type', () => {
    expect(restAsNew(mapped(wide, {}))).toEqual({
      3: { target: 'new', field: { label: 'Créé le', kind: 'date' } },
    });
  });

  it('is searched by its titles', () => {
    expect(titled(mapped(wide, {}), 'cree').map(({ column: { index } }) => index)).toEqual([3]);
    expect(titled(mapped(wide, {}), '')).toHaveLength(4);
  });
});

describe('consents in a file', () => {
  const dated = mapped(file, { 2: { target: 'consent_at' } });
  const full = {
    ...NO_TERMS,
    principal_id: 7,
    object: 'santé',
    wording: 'oui',
    wording_version: '1',
    channel: 'phone' as const,
    act: 'oui',
  };

  it('are asked for their date', () => {
    expect(problemOf(mapped(file, { 2: { target: 'consent_given' } }), full)).toBe('undated');
  });

  it('have agreed times with a start and an end', () => {
    const half = mapped(file, { 1: { target: 'consent_slot_start' }, 2: { target: 'consent_at' } });
    expect(problemOf(half, full)).toBe('half_slot');
    const both = mapped(file, {
      0: { target: 'consent_slot_end' },
      1: { target: 'consent_slot_start' },
      2: { target: 'consent_at' },
    });
    expect(problemOf(both, full)).toBeNull();
  });

  it('are asked for what neither a column nor the terms say', () => {
    expect(problemOf(dated, NO_TERMS)).toBe('terms');
    expect(problemOf(dated, { ...full, wording: ' ' })).toBe('terms');
    expect(problemOf(dated, full)).toBeNull();
  });

  it('take from a column what the terms leave out', () => {
    const spoken = mapped(file, { 1: { target: 'consent_wording' }, 2: { target: 'consent_at' } });
    expect(missingTerms(spoken, { ...full, wording: '' })).toEqual([]);
  });
});
