/** What was typed to search for people or numbers: kept while the tab lives, and out of addresses, which land in logs and histories. */
import { useState } from 'react';

export function useTextFilter(page: string): [string | undefined, (text: string | undefined) => void] {
  const key = `decroche.search.${page}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? undefined);
  const keep = (next: string | undefined): void => {
    if (next) sessionStorage.setItem(key, next);
    else sessionStorage.removeItem(key);
    setText(next);
  };
  return [text, keep];
}
