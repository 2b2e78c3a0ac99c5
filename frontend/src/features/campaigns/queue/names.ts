/** How ends and refusals are said, everywhere the same. */
import type { TFunction } from 'i18next';
import type { End, Ended, Refusal } from './types';

export function resultName(t: TFunction, code: string): string {
  return t(`words:result.${code}`, { defaultValue: t(`queue:reason.${code}`, { defaultValue: code }) });
}

export function refusalSentence(t: TFunction, code: string): string {
  return t(`queue:refusal.${code}`, { defaultValue: t('queue:refusal.other', { code }) });
}

export function endName(
  t: TFunction,
  { label, code, last_result }: Omit<Ended, 'count' | 'recyclable' | 'disposition_id'>,
): string {
  if (label) return label;
  if (last_result) return t('queue:tired', { result: resultName(t, last_result) });
  return code ? t(`queue:reason.${code}`, { defaultValue: resultName(t, code) }) : t('queue:reason.none');
}

export const endOf = ({ disposition_id, code, last_result }: Ended): End =>
  disposition_id === null
    ? { kind: 'reason', disposition_id: null, code, last_result }
    : { kind: 'outcome', disposition_id, code: '', last_result: '' };

export const refusedEnd = ({ code }: Pick<Refusal, 'code'>): End => ({
  kind: 'refused',
  disposition_id: null,
  code,
  last_result: '',
});

export const keyOfEnd = ({ kind, disposition_id, code, last_result }: End): string =>
  [kind, disposition_id ?? '', code, last_result].join('/');
