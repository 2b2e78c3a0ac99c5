/** Which columns a person has chosen to see in one table; kept in the browser. */
import { useState } from 'react';

export function useChosenColumns(
  tableId: string,
  hiddenAtFirst: string[],
): [Record<string, boolean>, (id: string, shown: boolean) => void] {
  const key = `decroche.columns.${tableId}`;
  const [chosen, setChosen] = useState<Record<string, boolean>>(() => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, boolean>;
    } catch {
      return {};
    }
  });
  // A floor's own columns are known a moment later: what is hidden at first is not part of what was chosen.
  const visible = { ...Object.fromEntries(hiddenAtFirst.map((id) => [id, false])), ...chosen };
  const choose = (id: string, shown: boolean): void => {
    const next = { ...chosen, [id]: shown };
    setChosen(next);
    localStorage.setItem(key, JSON.stringify(next));
  };
  return [visible, choose];
}
