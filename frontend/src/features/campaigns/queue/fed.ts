/** What became of the contacts that a campaign was fed with, in the order in which it is told. */
import type { TFunction } from 'i18next';
import { type Action, isUnderWay } from '@/lib/api/under-way';

const FED = ['added', 'back', 'already', 'no_number'] as const;

export function fedWords(counts: Readonly<Record<string, number>>, t: TFunction<'campaigns'>): string {
  const told = FED.filter((key) => key === 'added' || (counts[key] ?? 0) > 0);
  return `${told.map((key) => t(`queue.fed.${key}`, { count: counts[key] ?? 0 })).join(', ')}.`;
}

/** Those that were over when the page was opened: told already, or somebody else's. By no clock: the browser's may be wrong. */
export function overAtFirst(actions: readonly Action[]): ReadonlySet<number> {
  return new Set(actions.filter((one) => !isUnderWay(one)).map(({ id }) => id));
}

/** What comes into a campaign's queue now, and the last that came while the page is open. */
export function shownFeeds(
  actions: readonly Action[],
  campaign: number,
  old: ReadonlySet<number> | undefined,
): Action[] {
  const feeds = actions.filter((one) => one.kind === 'assign' && one.campaign?.id === campaign);
  const last = Math.max(...feeds.filter(({ id }) => !old?.has(id)).map(({ id }) => id));
  return feeds.filter((one) => isUnderWay(one) || one.id === last);
}
