/** Which page of the script is open; the first again for another contact. And what it says. */
import { useSyncExternalStore } from 'react';
import type { ScriptPage } from '../model';

let contact = 0;
let page = 0;
let count = 0;
const listeners = new Set<() => void>();

export function turnPage(by: number): void {
  page = Math.min(Math.max(0, page + by), Math.max(0, count - 1));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useScriptPage(contactId: number, pages: number): number {
  const shown = useSyncExternalStore(subscribe, () => {
    if (contact !== contactId) {
      contact = contactId;
      page = 0;
    }
    count = pages;
    return page;
  });
  return Math.min(shown, Math.max(0, pages - 1));
}

/** What is said on a page: to who calls back, its own words where there are some. */
export function textOf(
  { text, return_text }: Pick<ScriptPage, 'text' | 'return_text'>,
  isReturn: boolean,
): string {
  return (isReturn && return_text.trim()) || text;
}
