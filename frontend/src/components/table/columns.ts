/** Which columns a person has chosen to see in one table; kept in the browser. */
import { useState } from 'react';

export function useChosenColumns(
  tableId: string,
  hiddenAtFirst: string[],
): [Record<string, boolean>, (id: string, shown: boolean) => void] {
  const key = `decroche.columns.${tableId}`;
  const [visible, setVisible] = useState<Record<string, boolean>>(() => {
    const first = Object.fromEntries(hiddenAtFirst.map((id) => [id, false]));
    try {
      return { ...first, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, boolean>) };
    } catch {
      return first;
    }
  });
  const choose = (id: string, shown: boolean): void => {
    const chosen = { ...visible, [id]: shown };
    setVisible(chosen);
    localStorage.setItem(key, JSON.stringify(chosen));
  };
  return [visible, choose];
}
