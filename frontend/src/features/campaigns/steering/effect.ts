/** What priorities and shares make of the next calls; pure. */
import type { CampaignList } from './queries';

type Steered = Pick<CampaignList, 'key' | 'priority' | 'share' | 'callable'>;

/**
 * never: share 0; empty: nothing to call now; queue: as the queue goes, since no list is given a priority or a share; share: so many of a hundred of the next calls; after: those of a higher
 * priority are called first.
 */
export type Effect = { is: 'never' | 'empty' | 'after' | 'queue' } | { is: 'share'; percent: number };

export function effectOf(list: Steered, lists: readonly Steered[]): Effect {
  if (list.share === 0) return { is: 'never' };
  if (list.callable === 0) return { is: 'empty' };
  const called = lists.filter(({ share, callable }) => share > 0 && callable > 0);
  if (called.length > 1 && lists.every(({ priority, share }) => priority === 0 && share === 1))
    return { is: 'queue' };
  if (called.some(({ priority }) => priority > list.priority)) return { is: 'after' };
  const total = called
    .filter(({ priority }) => priority === list.priority)
    .reduce((sum, { share }) => sum + share, 0);
  return { is: 'share', percent: (100 * list.share) / total };
}
