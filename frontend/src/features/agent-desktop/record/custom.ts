/** What is typed into a field of this floor's own, as it is sent; pure. */
import type { CustomField } from '../model';

/** "12," and "12,0" are the beginnings of 12,05: as numbers they would lose what was just typed. The server reads both. */
export function parsed(kind: CustomField['kind'], typed: string): string | number | null {
  if (typed === '') return null;
  const number = Number(typed.replace(',', '.'));
  return kind === 'number' && String(number) === typed.replace(',', '.') ? number : typed;
}
