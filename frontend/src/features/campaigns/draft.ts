/** A campaign being edited: what the page shows, what of it differs from what is kept, and the requests that keep it. Pure. */
import { AMD_SETTINGS, isOutOfRange } from './machines/amd';
import { beyondLegal } from './sections/hours';
import { without } from '@/lib/without';
import type {
  AssignmentIn,
  Campaign,
  CampaignNumberIn,
  CampaignPatch,
  Disposition,
  DispositionIn,
  Objection,
  Question,
  RetryRule,
  Script,
  ScriptPage,
} from './types';

/** Rows of a list that has no identifier of its own yet are told apart by `uid`, which never leaves the browser. */
export type Row<T> = T & { uid: string };
export type DraftQuestion = Row<Required<Question>>;
export type DraftPage = Row<Omit<Required<ScriptPage>, 'questions'>> & { questions: DraftQuestion[] };
export type DraftObjection = Row<Required<Objection>>;
export type DraftDisposition = Row<Required<DispositionIn>>;

export interface Draft {
  fields: Required<CampaignPatch>;
  assignments: Required<AssignmentIn>[];
  numbers: Required<CampaignNumberIn>[];
  retries: RetryRule[];
  dispositions: DraftDisposition[];
  script: { version: number; pages: DraftPage[]; objections: DraftObjection[] };
}

export type Slice = keyof Draft;
export const SLICES: Slice[] = ['fields', 'assignments', 'numbers', 'retries', 'dispositions', 'script'];

let made = 0;
export function uid(): string {
  made += 1;
  return `new-${made}`;
}

const FIELDS = [
  'name',
  'mode',
  'audience',
  'basis',
  'sector',
  'principal_id',
  'on_days_off',
  'regional_days_off',
  'priority',
  'caller_name',
  'callback_number',
  'trunk_id',
  'sender_id',
  'hours',
  'ring_timeout_s',
  'wrap_up',
  'wrap_up_s',
  'wrap_up_extension_s',
  'recording',
  'recording_purpose',
  'recording_share',
  'recording_notice',
  'power_ratio',
  'abandon_cap',
  'lines_max',
  'amd_enabled',
  'amd_timing',
  'amd_settings',
  'amd_check_share',
  'machine_action',
  'disposition_hangs_up',
  'max_attempts',
] as const satisfies readonly (keyof CampaignPatch)[];

function pick(campaign: Campaign): Draft['fields'] {
  return Object.fromEntries(FIELDS.map((name) => [name, campaign[name]])) as unknown as Draft['fields'];
}

export function draftOf(campaign: Campaign, dispositions: readonly Disposition[], script: Script): Draft {
  return {
    fields: pick(campaign),
    assignments: campaign.assignments.map(({ user_id, group_id, priority }) => ({
      user_id,
      group_id,
      priority,
    })),
    numbers: campaign.presented_numbers.map(({ number_id, zone, department }) => ({
      number_id,
      zone,
      department,
    })),
    retries: campaign.retry_rules,
    dispositions: dispositions.map((one) => ({ ...without(one, 'position'), uid: `d${one.id}` })),
    script: {
      version: script.version,
      pages: script.pages.map((page) => ({
        ...page,
        uid: page.id,
        questions: page.questions.map((question) => ({ ...question, uid: question.key })),
      })),
      objections: script.objections.map((one) => ({ ...one, uid: one.id })),
    },
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export function changedSlices(base: Draft, draft: Draft): Slice[] {
  return SLICES.filter((slice) => !same(base[slice], draft[slice]));
}

export function changedFields(base: Draft, draft: Draft): CampaignPatch {
  const changed = FIELDS.filter((name) => !same(base.fields[name], draft.fields[name]));
  return Object.fromEntries(changed.map((name) => [name, draft.fields[name]]));
}

/** "Nombre de salariés ?" → "nombre_de_salaries": letters, digits and low lines, at most 50. */
export function slug(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 50);
}

function unique(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n += 1) name = `${wanted}_${n}`;
  taken.add(name);
  return name;
}

/** The script as the API wants it: what is new gets an identifier made from its words; what was there keeps its own. */
export function scriptBody(script: Draft['script']): {
  version: number;
  pages: ScriptPage[];
  objections: Objection[];
} {
  const keys = new Set(
    script.pages.flatMap(({ questions }) => questions.map(({ key }) => key)).filter(Boolean),
  );
  const pageIds = new Set(script.pages.map(({ id }) => id).filter(Boolean));
  const objectionIds = new Set(script.objections.map(({ id }) => id).filter(Boolean));
  return {
    version: script.version,
    pages: script.pages.map((page) => ({
      ...without(page, 'uid'),
      id: page.id || unique(slug(page.title) || 'page', pageIds),
      questions: page.questions.map((question) => ({
        ...without(question, 'uid'),
        key: question.key || unique(slug(question.label) || 'question', keys),
        choices: question.kind === 'choice' ? question.choices : [],
      })),
    })),
    objections: script.objections.map((one) => ({
      ...without(one, 'uid'),
      id: one.id || unique(slug(one.title) || 'objection', objectionIds),
    })),
  };
}

export function dispositionsBody(rows: readonly DraftDisposition[]): DispositionIn[] {
  return rows.map((row) => without(row, 'uid'));
}

export type DraftProblem =
  | 'name'
  | 'hours'
  | 'hours_law'
  | 'machine_law'
  | 'amd_range'
  | 'outcome_label'
  | 'outcome_key'
  | 'question_label'
  | 'objection_title'
  | 'choices';

/** What the page itself knows to be wrong, so that nothing is sent only to be refused. */
export function problemOf({ fields, dispositions, script }: Draft): DraftProblem | null {
  if (!fields.name.trim()) return 'name';
  if (fields.hours.some((stretch) => stretch.days.length === 0 || stretch.from >= stretch.to)) return 'hours';
  if (fields.audience === 'b2c' && beyondLegal(fields.hours)) return 'hours_law';
  if (fields.audience === 'b2c' && fields.machine_action === 'message') return 'machine_law';
  if (AMD_SETTINGS.some((one) => isOutOfRange(one, fields.amd_settings[one.name]))) return 'amd_range';
  if (dispositions.some(({ label }) => !label.trim())) return 'outcome_label';
  const keys = dispositions.filter(({ active, key }) => active && key).map(({ key }) => key);
  if (new Set(keys).size < keys.length) return 'outcome_key';
  const questions = script.pages.flatMap((page) => page.questions);
  if (questions.some(({ label }) => !label.trim())) return 'question_label';
  if (questions.some(({ kind, choices }) => kind === 'choice' && choices.length === 0)) return 'choices';
  if (script.objections.some(({ title }) => !title.trim())) return 'objection_title';
  return null;
}

/** The row at `from` moved to `to`; out of range: the same list. */
export function moved<T>(rows: readonly T[], from: number, to: number): T[] {
  const next = [...rows];
  if (to < 0 || to >= rows.length) return next;
  const [row] = next.splice(from, 1);
  if (row !== undefined) next.splice(to, 0, row);
  return next;
}
