/** An answer to a script's question, as people read it: Oui/Non, a date in words, or the text itself. */
import i18next from 'i18next';
import { formatPlain } from './number';
import { formatDate } from './time';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** "Salariés : 12"; after a question mark, the answer alone. */
export function formatAnswered(label: string, answer: unknown): string {
  const value = formatAnswer(answer);
  return label.trimEnd().endsWith('?') ? `${label} ${value}` : i18next.t('common:labelled', { label, value });
}

export function formatAnswer(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'number') return formatPlain(value);
  if (typeof value === 'boolean') return i18next.t(value ? 'common:actions.yes' : 'common:actions.no');
  const text = String(value);
  return DAY.test(text) ? formatDate(`${text}T12:00:00`) : text;
}
