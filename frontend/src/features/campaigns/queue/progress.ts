/** How far a recycling, or its undo, has come; pure. */
import type { Recycling } from './types';

export const isUnderWay = ({ status }: Pick<Recycling, 'status'>): boolean =>
  status === 'running' || status === 'undoing';

/** Records done, of how many. */
export function progressOf(row: Recycling): { done: number; total: number } {
  return row.status === 'undoing' || row.status === 'undone'
    ? { done: row.restored + row.kept, total: row.recycled }
    : { done: row.recycled, total: row.expected };
}
