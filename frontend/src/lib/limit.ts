/** What held the number of calls down, as words; a code that this page does not know yet is shown as it is. */
import type { TFunction } from 'i18next';

export function limitSentence(t: TFunction, code: string): string {
  if (!code) return t('words:limit.none');
  return t(`words:limit.${code}`, { defaultValue: t('words:limit.other', { code }) });
}
