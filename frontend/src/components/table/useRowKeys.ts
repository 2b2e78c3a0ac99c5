/**
 * Arrows, pages, Home and End among the rows of a list, those that are not drawn yet included. The row with the focus
 * stays drawn however far one scrolls; from a box of a row, the same box of the other is reached.
 */
import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { destination } from './row-keys';

const CONTROLS = 'a[href], button:not(:disabled), input:not(:disabled)';
const TYPED_IN = 'input:not([type=checkbox], [type=radio]), textarea, select, [role=combobox]';

export interface RowKeys {
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onFocus: (event: FocusEvent<HTMLElement>) => void;
  onBlur: (event: FocusEvent<HTMLElement>) => void;
  /** The rows that are drawn: those in sight, and the one with the focus. */
  drawn: (inSight: number[]) => number[];
}

const rowOf = (element: Element): HTMLElement | null => element.closest<HTMLElement>('[data-index]');

export function useRowKeys(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): RowKeys {
  const [held, hold] = useState<number | null>(null);
  /** Where the keyboard is on its way to: the row, and its control from 0 (-1: the row itself). */
  const goal = useRef<{ index: number; control: number } | null>(null);
  useLayoutEffect(() => {
    if (!goal.current) return;
    const { index, control } = goal.current;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    if (!row) return;
    goal.current = null;
    const target = [...row.querySelectorAll<HTMLElement>(CONTROLS)][control] ?? row;
    target.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  });
  return {
    onKeyDown: (event) => {
      const target = event.target as HTMLElement;
      const row = rowOf(target);
      if (!row || event.altKey || event.ctrlKey || event.metaKey || target.matches(TYPED_IN)) return;
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
      const index = destination(event.key, Number(row.dataset.index), count, page);
      if (index === null) return;
      event.preventDefault();
      goal.current = { index, control: [...row.querySelectorAll(CONTROLS)].indexOf(target) };
      hold(index);
    },
    onFocus: ({ target }) => {
      const row = rowOf(target);
      if (row && !goal.current) hold(Number(row.dataset.index));
    },
    onBlur: ({ currentTarget, relatedTarget }) => {
      if (!goal.current && relatedTarget && !currentTarget.contains(relatedTarget)) hold(null);
    },
    drawn: (inSight) =>
      held === null || held >= count || inSight.includes(held)
        ? inSight
        : [...inSight, held].sort((one, other) => one - other),
  };
}
