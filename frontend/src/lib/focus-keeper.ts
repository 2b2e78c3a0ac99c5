/**
 * For who works by the keyboard: what has the focus may go (a question that was answered, a row that was opened, a step
 * that is over) or be off while the server works. The browser then lets the focus fall to nowhere: nothing shows where
 * one is, and Enter does nothing. Here it goes to what took the place, to its neighbour or, where the whole screen
 * changed, to the heading of the new one. A pointer takes its focus along by itself: after a click, nothing is done.
 */
const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])';
/** What takes the focus itself, a field that opens or a drawer that closes, does so first. */
const OTHERS_FIRST_MS = 60;

/** An element that held the one with the focus, and the place in it. */
interface Step {
  holder: Element;
  place: number;
}

/** What had the focus, and where it was. */
interface Held {
  element: HTMLElement;
  trail: Step[];
}

function trailOf(element: Element): Step[] {
  const trail: Step[] = [];
  for (let child = element; child.parentElement; child = child.parentElement)
    trail.push({ holder: child.parentElement, place: [...child.parentElement.children].indexOf(child) });
  return trail;
}

function isOff(element: Element): boolean {
  return element.matches(':disabled') || !element.checkVisibility({ visibilityProperty: true });
}

function focusables(within: Element): HTMLElement[] {
  const all = [within, ...within.querySelectorAll(FOCUSABLE)];
  return all.filter(
    (one): one is HTMLElement =>
      one instanceof HTMLElement && one.matches(FOCUSABLE) && one.tabIndex >= 0 && !isOff(one),
  );
}

/** What stands there now, else what comes after it, else what is before it: in the nearest that is still there. */
function heir({ trail }: Held, within: (holder: Element) => boolean): HTMLElement | null {
  for (const { holder, place } of trail) {
    if (!within(holder)) return null;
    if (!holder.isConnected) continue;
    const children = [...holder.children];
    const after = children.slice(place).flatMap(focusables)[0];
    const found = after ?? children.slice(0, place).flatMap(focusables).at(-1);
    if (found) return found;
  }
  return null;
}

function headingOf(main: HTMLElement): HTMLElement | null {
  const heading = main.querySelector<HTMLElement>('h1');
  if (heading && !heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  return heading;
}

/** In `shell`, around `main`, and in what opens above it, until the answer is called. */
export function keepFocus(shell: HTMLElement, main: HTMLElement): () => void {
  let below: Held | null = null;
  /** In a list or a drawer that is open above the page; gone with it, the one below has the focus again. */
  let above: Held | null = null;
  let byKeyboard = false;
  let timer = 0;
  const onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement) || target === document.body) return;
    const held = { element: target, trail: trailOf(target) };
    if (shell.contains(target)) [below, above] = [held, null];
    else above = held;
  };
  const onKey = (): void => {
    byKeyboard = true;
  };
  const onPointer = (): void => {
    byKeyboard = false;
  };
  const isLost = (): boolean => byKeyboard && document.activeElement === document.body;
  const next = (): HTMLElement | null => {
    if (above?.element.isConnected) return above.element;
    const beside = above && heir(above, (holder) => holder.parentElement !== document.body);
    if (beside || !below) return beside;
    if (below.element.isConnected) return below.element;
    return heir(below, (holder) => !holder.contains(main)) ?? headingOf(main);
  };
  const settle = (): void => {
    timer = 0;
    const found = isLost() ? next() : null;
    if (found && !isOff(found)) found.focus();
  };
  const observer = new MutationObserver(() => {
    if (isLost() && !timer) timer = window.setTimeout(settle, OTHERS_FIRST_MS);
  });
  document.addEventListener('focusin', onFocus);
  document.addEventListener('keydown', onKey, true);
  document.addEventListener('pointerdown', onPointer, true);
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
  return () => {
    window.clearTimeout(timer);
    observer.disconnect();
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('keydown', onKey, true);
    document.removeEventListener('pointerdown', onPointer, true);
  };
}
