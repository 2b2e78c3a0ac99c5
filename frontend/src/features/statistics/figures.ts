/** How each key figure is shown, which calls stand behind it, and the order of the tables; pure. */
import { formatNumber, formatShare } from '@/lib/format/number';
import { formatClock } from '@/lib/format/time';
import type { Definition, KpiKey, Kpis } from './types';

/** Shown at first, in this order; the others can be chosen. */
export const SHOWN: KpiKey[] = [
  'attempts',
  'connected',
  'reached',
  'pitched',
  'positive',
  'contact_rate',
  'pitch_rate',
  'transformation_rate',
  'mean_talk_s',
  'calls_per_h',
  'pitched_per_h',
];

export const HEADLINE: KpiKey[] = [
  'attempts',
  'reached',
  'pitched',
  'positive',
  'contact_rate',
  'pitch_rate',
  'transformation_rate',
  'mean_talk_s',
  'abandoned_rate',
];

export function show(value: Kpis[KpiKey], unit: Definition['unit']): string {
  if (value === null || value === undefined) return '–';
  if (unit === 'ratio') return formatShare(value);
  if (unit === 's') return formatClock(value);
  return formatNumber(unit === 'per_h' ? Math.round(value * 10) / 10 : value);
}

/** What to ask the call log for, where a figure counts calls; null: it does not. */
export const BEHIND: Partial<Record<KpiKey, Record<string, string>>> = {
  attempts: {},
  connected: { result: 'connected' },
  reached: { reached: '1' },
  pitched: { pitched: '1' },
  positive: { tone: 'positive' },
  negative: { tone: 'negative', pitched: '1' },
  neutral: { tone: 'neutral', pitched: '1' },
  abandoned: { result: 'abandoned' },
};
