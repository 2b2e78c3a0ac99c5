/** The figures of a list: each of its contacts is counted in one of them, so that they add up to its total; pure. */
import type { Standing } from '../queue/types';
import type { CampaignList } from './queries';

export const FIGURES = ['callable', 'later', 'promised', 'refused', 'finished'] as const;
/** Nearly always none: one column for the three, and only where there are any. */
const OTHERS = ['outside', 'in_call', 'withdrawn'] as const satisfies Standing[];

type Counted = Pick<CampaignList, Standing>;

export interface Others {
  count: number;
  parts: { standing: (typeof OTHERS)[number]; count: number }[];
}

export function othersOf(list: Counted): Others {
  const parts = OTHERS.map((standing) => ({ standing, count: list[standing] })).filter(
    ({ count }) => count > 0,
  );
  return { count: parts.reduce((sum, { count }) => sum + count, 0), parts };
}

export const hasOthers = (lists: readonly Counted[]): boolean =>
  lists.some((list) => othersOf(list).count > 0);
