/** What became of the contacts that a campaign was fed with, in the order in which it is told. */
import type { TFunction } from 'i18next';

const FED = ['added', 'back', 'already', 'no_number'] as const;

export function fedWords(counts: Readonly<Record<string, number>>, t: TFunction<'campaigns'>): string {
  const told = FED.filter((key) => key === 'added' || (counts[key] ?? 0) > 0);
  return `${told.map((key) => t(`queue.fed.${key}`, { count: counts[key] ?? 0 })).join(', ')}.`;
}
