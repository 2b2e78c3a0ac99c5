/** An answer to a script's question, or a floor's own field, as people read it: Oui/Non, a date in words, the text itself. */
import i18next from 'i18next';
import type { components } from '@/lib/api/schema';
import { formatPlain } from './number';
import { formatDate } from './time';

/** Null: nobody knows any more. */
type AnswerKind = components['schemas']['CustomFieldOut']['kind'] | null;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** "Salariés : 12"; after a question mark, the answer alone. */
export function formatAnswered(label: string, answer: unknown, kind: AnswerKind): string {
  const value = formatAnswer(answer, kind);
  return label.trimEnd().endsWith('?') ? `${label} ${value}` : i18next.t('common:labelled', { label, value });
}

/** Only a date is told as one: a text may look like it. */
export function formatAnswer(value: unknown, kind: AnswerKind): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'number') return formatPlain(value);
  if (typeof value === 'boolean') return i18next.t(value ? 'common:actions.yes' : 'common:actions.no');
  const text = String(value);
  return kind === 'date' && DAY.test(text) ? formatDate(`${text}T12:00:00`) : text;
}
