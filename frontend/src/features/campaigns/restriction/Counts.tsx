/** Before a restriction is applied: how many contacts it would leave to call. */
import { formatNumber } from '@/lib/format/number';
import classes from './Restriction.module.css';

interface CountsProps {
  /** Names its figures for tests: `<id>-counts`, `<id>-<key>`. */
  id: string;
  figures: { key: string; label: string; value: number | undefined }[];
  /** Those of what was asked before: a new count is on its way. */
  stale: boolean;
}

export function Counts({ id, figures, stale }: CountsProps) {
  return (
    <dl
      className={classes.counts}
      aria-live="polite"
      data-stale={stale || undefined}
      data-testid={`${id}-counts`}
    >
      {figures.map(({ key, label, value }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd data-testid={`${id}-${key}`}>{value === undefined ? '…' : formatNumber(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
