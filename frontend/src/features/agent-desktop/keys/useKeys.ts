/** The desktop's keys: one listener, off while typing and while a panel is open. */
import { useEffect, useRef } from 'react';
import { keyOf } from './keyOf';

export type KeyMap = Record<string, (() => void) | undefined>;

const TYPING =
  'input:not([type=radio]):not([type=checkbox]):not([type=range]), textarea, select, [contenteditable=true]';
const PRESSABLE =
  'button, a, [role=button], [role=radio], [role=tab], input[type=radio], input[type=checkbox], summary';

/** Whether focus was last moved with the keyboard: only then are the space bar and Enter the focused control's. */
let walking = false;

/** Moves focus for somebody who works with the keys. */
export function focusByKey(selector: string): void {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) return;
  walking = true;
  element.focus();
  if (element instanceof HTMLTextAreaElement)
    element.setSelectionRange(element.value.length, element.value.length);
}

function isOwnKey(key: string, target: Element): boolean {
  // A control that was clicked, or that got the focus back from a panel, leaves the keys to the desktop.
  if (!walking || !target.matches(PRESSABLE)) return false;
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
      if (event.key === 'Tab') walking = true;
      const target = event.target instanceof Element ? event.target : document.body;
      if (key === null || event.defaultPrevented || event.repeat || target.closest('[data-own-keys]')) return;
      if (target.matches(TYPING)) {
        // Escape leaves the field; only the next one hangs up.
        if (key === 'Escape') (target as HTMLElement).blur();
        return;
      }
      if (key === 'Escape' && target.closest('[data-escape-first]') && target.matches(':focus-visible')) {
        (target as HTMLElement).blur();
        event.preventDefault();
        return;
      }
      if (isOwnKey(key, target)) return;
      const handler = latest.current[key];
      if (!handler) return;
      event.preventDefault();
      walking = false;
      if (target instanceof HTMLElement && target.matches(PRESSABLE) && key === ' ') target.blur();
      handler();
    };
    const onPointerDown = (): void => {
      walking = false;
    };
    // Before anybody else: the Escape that closes a panel must be seen while the panel is still there, and not hang up.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    window.addEventListener('pointerdown', onPointerDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
      window.removeEventListener('pointerdown', onPointerDown, { capture: true });
    };
  }, [active]);
}
