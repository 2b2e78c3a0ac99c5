/** Where the file's columns go; pure. */
import type { FieldKind, FileColumn, ImportStart } from '../types';

export const STANDARD = [
  'civility',
  'first_name',
  'last_name',
  'full_name',
  'company',
  'address',
  'address2',
  'postal_code',
  'city',
  'country',
  'client_code',
  'email',
  'phone',
  'mobile',
  'office',
  'fax',
] as const;
export const DIALED = ['phone', 'mobile', 'office'];
export const NEW_FIELD = 'new';

export interface NewField {
  label: string;
  kind: FieldKind;
}

/** What a person chose, by column; `target` '' leaves the column out. Columns not in it follow the suggestion. */
export type Choices = Record<number, { target: string; field?: NewField }>;

export interface MappedColumn {
  column: FileColumn;
  target: string;
  field: NewField | undefined;
}

export function mapped(columns: readonly FileColumn[], choices: Choices): MappedColumn[] {
  return columns.map((column) => {
    const choice = choices[column.index];
    return { column, target: choice ? choice.target : (column.suggested ?? ''), field: choice?.field };
  });
}

/** Targets that two columns or more go to. */
export function takenTwice(columns: readonly MappedColumn[]): Set<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { target } of columns) {
    if (!target || target === NEW_FIELD) continue;
    if (seen.has(target)) twice.add(target);
    seen.add(target);
  }
  return twice;
}

export type Problem = 'nothing' | 'twice' | 'unnamed';

/** What stands in the way of starting. */
export function problemOf(columns: readonly MappedColumn[]): Problem | null {
  if (columns.every(({ target }) => !target)) return 'nothing';
  if (takenTwice(columns).size > 0) return 'twice';
  if (columns.some(({ target, field }) => target === NEW_FIELD && !field?.label.trim())) return 'unnamed';
  return null;
}

export function hasNumber(columns: readonly MappedColumn[]): boolean {
  return columns.some(({ target }) => DIALED.includes(target));
}

export function startBody(
  columns: readonly MappedColumn[],
): Pick<ImportStart, 'mapping' | 'new_custom_fields'> {
  return {
    mapping: columns
      .filter(({ target }) => target && target !== NEW_FIELD)
      .map(({ column, target }) => ({ column: column.index, target })),
    new_custom_fields: columns
      .filter(({ target }) => target === NEW_FIELD)
      .map(({ column, field }) => ({
        column: column.index,
        label: field?.label.trim() ?? '',
        kind: field?.kind ?? 'text',
      })),
  };
}
