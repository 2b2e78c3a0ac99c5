/** Label at the left, input at the right, what the server refused below it. */
import type { ReactNode } from 'react';
import type { Entry, Target } from '../autosave/autosave';
import classes from './Field.module.css';

interface FieldFrameProps {
  id: string;
  label: string;
  entry: Entry<Target> | undefined;
  children: ReactNode;
}

export function FieldFrame({ id, label, entry, children }: FieldFrameProps) {
  return (
    <div className={classes.field} data-state={entry?.state}>
      <label htmlFor={id} className={classes.label} title={label}>
        {label}
      </label>
      {children}
      {entry?.state === 'failed' && (
        <p className={classes.problem} role="alert">
          {entry.message}
        </p>
      )}
    </div>
  );
}
