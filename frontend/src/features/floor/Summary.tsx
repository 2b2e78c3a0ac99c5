/** The floor in one line: how many are there, and doing what. */
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format/number';
import type { SupervisorDesktop } from '@/lib/floor/types';
import classes from './Floor.module.css';

export function Summary({ state }: { state: SupervisorDesktop }) {
  const { t } = useTranslation('floor');
  const count = (...codes: string[]): number =>
    state.agents.filter((agent) => codes.includes(agent.state)).length;
  const figures = [
    ['signedIn', state.agents.length],
    ['talking', count('talking', 'hold')],
    ['ready', count('ready', 'preview', 'dialing', 'ringing')],
    ['wrapUp', count('wrap_up')],
    ['paused', count('paused')],
    ['calls', state.calls.length],
  ] as const;
  return (
    <dl className={classes.summary} aria-label={t('summary.label')}>
      {figures.map(([key, value]) => (
        <div key={key} className={classes.summaryItem} data-testid={`summary-${key}`}>
          <dt>{t(`summary.${key}`, { count: value })}</dt>
          <dd>{formatNumber(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
