/** Why a call was placed, as a sentence: what the pacing knew at that instant, and what held it down. */
import type { TFunction } from 'i18next';
import { formatDecimals } from '@/lib/format/number';
import { limitSentence } from '@/lib/limit';
import type { CallDetail } from './types';

const BY_HAND: CallDetail['mode'][] = ['manual', 'preview'];

/** Empty where nothing was noted. */
export function whySentence(t: TFunction, { mode, why }: Pick<CallDetail, 'mode' | 'why'>): string {
  const rule = text(why['rule']);
  if (rule === 'inbound') return t(`calls:why.inbound.${text(why['reason'])}`, { defaultValue: '' });
  if (rule === 'manual' || rule === 'preview') return t('calls:why.agent');
  if (!rule) return BY_HAND.includes(mode) ? t('calls:why.agent') : '';
  const limit = text(why['limit']);
  const sentences = [reason(t, rule, why)];
  if (limit) sentences.push(t('calls:why.limit', { limit: limitSentence(t, limit) }));
  if (why['switched_off'] === true && limit !== 'switch') sentences.push(t('calls:why.safety'));
  return sentences.join(' ');
}

function reason(t: TFunction, rule: string, why: CallDetail['why']): string {
  const facts = {
    ready: whole(why['ready']),
    in_flight: whole(why['in_flight']),
    free: tenths(why['expected_free']),
    answers: tenths(why['expected_answers']),
    allowance: tenths(why['allowance']),
  };
  // Held back by the safety, predictive looks at nothing but who is ready.
  const known = rule === 'predictive' && facts.free === '–' ? 'progressive' : rule;
  return t(`calls:why.${known}`, { ...facts, defaultValue: t('calls:why.other') });
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const whole = (value: unknown): string => (typeof value === 'number' ? String(value) : '–');
const tenths = (value: unknown): string => (typeof value === 'number' ? formatDecimals(value, 1) : '–');
