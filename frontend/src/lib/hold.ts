/** Live rows under the pointer: while it is among them none moves, so that a click falls on what was aimed at. */
import { type PointerEvent, useEffect, useState } from 'react';

export interface Held<Row> {
  rows: readonly Row[];
  /** Still shown in their place, and there no more. */
  gone: ReadonlySet<string>;
}

/** `now` in the order of `before`: those that went stay in their place, those that came are the last. */
export function hold<Row>(
  before: readonly Row[],
  now: readonly Row[],
  idOf: (row: Row) => string,
): Held<Row> {
  const fresh = new Map(now.map((row) => [idOf(row), row]));
  const gone = new Set(before.map(idOf).filter((id) => !fresh.has(id)));
  const kept = before.map((row) => {
    const id = idOf(row);
    const newest = fresh.get(id) ?? row;
    fresh.delete(id);
    return newest;
  });
  return { rows: [...kept, ...fresh.values()], gone };
}

/** What a row opens over the page: it would follow its row away. */
const MENUS = '[data-portal], [data-mantine-shared-portal-node]';

const NOBODY: ReadonlySet<string> = new Set();

interface HeldRows<Row> extends Held<Row> {
  /** For the element around the rows. */
  holder: { onPointerEnter: (event: PointerEvent) => void };
}

/** `rows` must be the same array until they change. */
export function useHeldRows<Row>(rows: readonly Row[], idOf: (row: Row) => string): HeldRows<Row> {
  const [over, setOver] = useState<Element | null>(null);
  const isOver = over !== null;
  useEffect(() => {
    if (!over) return;
    // Looked at wherever the pointer is next: a menu that closes under it tells of no leaving.
    const look = ({ target }: Event): void => {
      const isWithin = target instanceof Element && (over.contains(target) || target.closest(MENUS));
      if (!isWithin) setOver(null);
    };
    document.addEventListener('pointerover', look);
    document.addEventListener('pointerleave', look);
    return () => {
      document.removeEventListener('pointerover', look);
      document.removeEventListener('pointerleave', look);
    };
  }, [over]);
  const [last, setLast] = useState<Held<Row> & { of: readonly Row[]; isOver: boolean }>({
    of: rows,
    isOver,
    rows,
    gone: NOBODY,
  });
  let shown = last;
  if (last.of !== rows || last.isOver !== isOver) {
    shown = { of: rows, isOver, ...(isOver ? hold(last.rows, rows, idOf) : { rows, gone: NOBODY }) };
    setLast(shown);
  }
  return {
    rows: shown.rows,
    gone: shown.gone,
    holder: { onPointerEnter: ({ currentTarget }) => setOver(currentTarget) },
  };
}
