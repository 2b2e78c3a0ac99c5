/** What is typed into a field of this floor's own, as it is sent; pure. */
import { decimalPoint } from '@/lib/format/number';
import type { CustomField } from '../model';

/** "12," and "12,0" are the beginnings of 12,05: as numbers they would lose what was just typed. The server reads both. */
export function parsed(kind: CustomField['kind'], typed: string): string | number | null {
  if (typed === '') return null;
  const number = Number(typed.replace(',', '.'));
  return kind === 'number' && String(number) === typed.replace(',', '.') ? number : typed;
}

/** A value as it stands in its field: a number's decimals follow the reader's language, what is being typed stays. */
export function written(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value);
  return typeof value === 'number' ? text.replace('.', decimalPoint()) : text;
}
