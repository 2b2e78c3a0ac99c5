/** Changes written by one act, as one; pure. */
import type { Change } from './types';

const act = (one: Change): string =>
  [one.at, one.actor?.id, one.source, one.batch?.id, one.former_id, one.rolled_back].join('|');

export function changesTogether(rows: Change[]): [Change, ...Change[]][] {
  const groups: [Change, ...Change[]][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last && act(last[0]) === act(row)) last.push(row);
    else groups.push([row]);
  }
  return groups;
}
