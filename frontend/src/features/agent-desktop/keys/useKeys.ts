/** The desktop's keys: one listener, off while typing and while a panel is open. */
import { useEffect, useRef } from 'react';
import { keyOf } from './keyOf';

export type KeyMap = Record<string, (() => void) | undefined>;

const TYPING =
  'input:not([type=radio]):not([type=checkbox]):not([type=range]), textarea, select, [contenteditable=true]';
const PRESSABLE =
  'button, a, [role=button], [role=radio], [role=tab], input[type=radio], input[type=checkbox], summary';

function isOwnKey(key: string, target: Element): boolean {
  // A control that was reached with the keyboard keeps its own keys; one that was clicked does not.
  if (!target.matches(PRESSABLE) || !target.matches(':focus-visible')) return false;
  return (
    key === ' ' ||
    key === 'Enter' ||
    (key.startsWith('Arrow') && target.matches('[role=radio], input, [role=tab]'))
  );
}

/** `keys` may change at each render. With `active` false nothing is listened to. */
export function useKeys(keys: KeyMap, active: boolean): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!active) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      const key = keyOf(event);
      const target = event.target instanceof Element ? event.target : document.body;
      if (key === null || event.defaultPrevented || event.repeat || target.closest('[data-own-keys]')) return;
      if (target.matches(TYPING)) {
        // Escape leaves the field; only the next one hangs up.
        if (key === 'Escape') (target as HTMLElement).blur();
        return;
      }
      if (isOwnKey(key, target)) return;
      const handler = latest.current[key];
      if (!handler) return;
      event.preventDefault();
      if (target instanceof HTMLElement && target.matches(PRESSABLE) && key === ' ') target.blur();
      handler();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [active]);
}
