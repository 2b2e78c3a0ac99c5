/** Which rows are chosen: some one by one, or all that the search finds but a few. */
import type { components } from '@/lib/api/schema';
import type { Filter } from '@/components/filter/tree';

export interface Selection {
  all: boolean;
  /** Chosen ones; where all are chosen, those left out. */
  ids: ReadonlySet<number>;
}

export const NONE: Selection = { all: false, ids: new Set() };
export const EVERYBODY: Selection = { all: true, ids: new Set() };
/** As the API takes them one by one. */
export const MOST = 10_000;

export const isChosen = ({ all, ids }: Selection, id: number): boolean => all !== ids.has(id);

export const isEmpty = ({ all, ids }: Selection): boolean => !all && ids.size === 0;

export function toggled({ all, ids }: Selection, id: number): Selection {
  const next = new Set(ids);
  if (!next.delete(id) && next.size < MOST) next.add(id);
  return { all, ids: next };
}

export function forApi({ all, ids }: Selection, filter: Filter): components['schemas']['Selection'] {
  return all ? { filter, except_ids: [...ids] } : { ids: [...ids] };
}
