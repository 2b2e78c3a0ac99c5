/** Where the file's columns go; pure. */
import type {
  ConsentTerms,
  CustomField,
  DraftChoices,
  FieldKind,
  FileColumn,
  ImportStart,
  SavedMapping,
} from '../types';

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
  'siret',
  'email',
  'phone',
  'mobile',
  'office',
  'fax',
] as const;
/** Of a consent that the row proves. */
export const CONSENT = [
  'consent_at',
  'consent_given',
  'consent_expires',
  'consent_number',
  'consent_slot_start',
  'consent_slot_end',
  'consent_channel',
  'consent_object',
  'consent_wording',
  'consent_version',
  'consent_act',
  'consent_third_party',
  'consent_reference',
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

/** A title as it is compared: without accents, case or punctuation. */
function plain(title: string): string {
  return title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function byTitle({ targets }: SavedMapping): Map<string, string> {
  return new Map(targets.map(({ header, target }) => [plain(header), target]));
}

/** How many of a saved mapping's columns the file has. */
export function foundIn(columns: readonly FileColumn[], mapping: SavedMapping): number {
  const titles = new Set(columns.map(({ header }) => plain(header)));
  return [...byTitle(mapping).keys()].filter((title) => titles.has(title)).length;
}

/** A saved mapping as the choices of this file's columns; those that it does not name are left out. */
export function applied(columns: readonly FileColumn[], mapping: SavedMapping): Choices {
  const targets = byTitle(mapping);
  return Object.fromEntries(
    columns.map(({ index, header }) => [index, { target: targets.get(plain(header)) ?? '' }]),
  );
}

/** A new field as the column suggests it. */
export function suggestedField({ header, kind }: FileColumn): NewField {
  return { label: header.slice(0, 120), kind };
}

/** Every column that goes nowhere, and is not empty, as a new field. */
export function restAsNew(columns: readonly MappedColumn[]): Choices {
  const rest = columns.filter(({ column, target }) => !target && column.samples.length > 0);
  return Object.fromEntries(
    rest.map(({ column }) => [column.index, { target: NEW_FIELD, field: suggestedField(column) }]),
  );
}

/** Columns whose title holds these words; all without words. */
export function titled(columns: readonly MappedColumn[], words: string): MappedColumn[] {
  const looked = plain(words);
  return columns.filter(({ column }) => plain(column.header).includes(looked));
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

export type Problem = 'nothing' | 'twice' | 'unnamed' | 'undated' | 'half_slot' | 'terms';

/** Whether the file proves consents. */
export function provesConsents(columns: readonly MappedColumn[]): boolean {
  return columns.some(({ target }) => (CONSENT as readonly string[]).includes(target));
}

export const NO_TERMS: ConsentTerms = {
  kind: 'consent',
  principal_id: 0,
  object: '',
  wording: '',
  wording_version: '',
  channel: '',
  act: '',
  third_party: '',
  evidence_id: null,
};

/** Terms of another time: what showed those consents shows nothing of these. */
export function termsOf(kept: ConsentTerms | null | undefined): ConsentTerms | null {
  return kept ? { ...NO_TERMS, ...kept, evidence_id: null } : null;
}

const LAWFUL = {
  object: 'consent_object',
  wording: 'consent_wording',
  wording_version: 'consent_version',
  channel: 'consent_channel',
  act: 'consent_act',
} as const;
export type LawfulTerm = keyof typeof LAWFUL;

/** Of what the law asks of every proof, what neither a column nor the terms say. */
export function missingTerms(columns: readonly MappedColumn[], terms: ConsentTerms): LawfulTerm[] {
  const targets = new Set(columns.map(({ target }) => target));
  return (Object.keys(LAWFUL) as LawfulTerm[]).filter(
    (name) => !targets.has(LAWFUL[name]) && !terms[name]?.trim(),
  );
}

/** What stands in the way of starting. */
export function problemOf(columns: readonly MappedColumn[], terms?: ConsentTerms): Problem | null {
  if (columns.every(({ target }) => !target)) return 'nothing';
  if (provesConsents(columns)) {
    if (columns.every(({ target }) => target !== 'consent_at')) return 'undated';
    const slot = columns.filter(({ target }) => target?.startsWith('consent_slot_'));
    if (new Set(slot.map(({ target }) => target)).size === 1) return 'half_slot';
    if (!terms || terms.principal_id === 0 || missingTerms(columns, terms).length > 0) return 'terms';
  }
  if (takenTwice(columns).size > 0) return 'twice';
  if (columns.some(({ target, field }) => target === NEW_FIELD && !field?.label.trim())) return 'unnamed';
  return null;
}

export function hasNumber(columns: readonly MappedColumn[]): boolean {
  return columns.some(({ target }) => DIALED.includes(target));
}

/** What a draft keeps of the choices, and the choices again. */
export function keptColumns(choices: Choices): DraftChoices['columns'] {
  return Object.entries(choices).map(([column, { target, field }]) => ({
    column: Number(column),
    target,
    label: field?.label ?? '',
    kind: field?.kind ?? 'text',
  }));
}

/** Columns whose field takes values of one type only, as the API asks about them. */
export function typedColumns(
  columns: readonly MappedColumn[],
  fields: readonly Pick<CustomField, 'key' | 'kind'>[],
): DraftChoices['columns'] {
  const kinds = new Map(fields.map(({ key, kind }) => [`custom:${key}`, kind]));
  return columns.flatMap(({ column, target, field }) => {
    const isNew = target === NEW_FIELD;
    const kind = isNew ? (field?.kind ?? 'text') : kinds.get(target);
    if (!kind || kind === 'text') return [];
    return [{ column: column.index, target, label: isNew ? (field?.label ?? '') : '', kind }];
  });
}

export function choicesOf(columns: DraftChoices['columns']): Choices {
  return Object.fromEntries(
    columns.map(({ column, target, label, kind }) => [
      column,
      target === NEW_FIELD ? { target, field: { label, kind } } : { target },
    ]),
  );
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
