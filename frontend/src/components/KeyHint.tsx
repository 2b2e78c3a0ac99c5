/** The key that does what the button beside it does. Said to screen readers through aria-keyshortcuts on the button itself. */
import classes from './KeyHint.module.css';

export function KeyHint({ children }: { children: string }) {
  return (
    <kbd className={classes.key} aria-hidden>
      {children}
    </kbd>
  );
}
