import { describe, expect, it } from 'vitest';
import type { FileColumn } from '../types';
import { hasNumber, mapped, problemOf, startBody } from './mapping';

const column = (index: number, header: string, suggested: string | null = null): FileColumn => ({
  index,
  header,
  samples: [],
  suggested,
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
