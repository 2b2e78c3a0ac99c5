/** The script's place between calls: the agent's own day. */
import { useTranslation } from 'react-i18next';
import { formatShare } from '@/lib/format/number';
import { formatDuration } from '@/lib/format/time';
import { useDesktop } from '../floor';
import { Section } from '../Section';
import classes from './Idle.module.css';

const SUMS = [
  ['talk_s', 'talking'],
  ['wrap_up_s', 'wrap_up'],
  ['idle_s', 'ready'],
  ['pause_s', 'pause'],
] as const;

export function OwnDay() {
  const { t } = useTranslation('agent-desktop');
  const figures = useDesktop((state) => state.figures);
  const total = SUMS.reduce((sum, [key]) => sum + figures[key], 0);
  const mean = (seconds: number, count: number): string => (count ? formatDuration(seconds / count) : '–');
  return (
    <Section title={t('figures.title')} testId="own-day">
      <div className={classes.tiles}>
        {(['calls', 'reached', 'pitched', 'positive', 'appointments'] as const).map((key) => (
          <div key={key} className={classes.tile}>
            <span className={`${classes.number} tabular`}>{figures[key]}</span>
            <span className={classes.word}>{t(`figures.${key}`)}</span>
          </div>
        ))}
      </div>
      <dl className={classes.facts}>
        <dt title={t('figures.pitchRateHelp')}>{t('figures.pitchRate')}</dt>
        <dd>{figures.reached ? formatShare(figures.pitched / figures.reached) : '–'}</dd>
        <dt title={t('figures.meanTalkHelp')}>{t('figures.meanTalk')}</dt>
        <dd>{mean(figures.talk_s, figures.reached)}</dd>
        <dt title={t('figures.meanHandleHelp')}>{t('figures.meanHandle')}</dt>
        <dd>{mean(figures.talk_s + figures.wrap_up_s, figures.reached)}</dd>
        <dt>{t('figures.signed_in_s')}</dt>
        <dd>{formatDuration(figures.signed_in_s)}</dd>
      </dl>
      <div className={classes.strip} aria-hidden>
        {SUMS.map(([key, color]) => (
          <span
            key={key}
            style={{ flexGrow: total ? figures[key] : 0, background: `var(--state-${color}-solid)` }}
          />
        ))}
      </div>
      <ul className={classes.legend}>
        {SUMS.map(([key, color]) => (
          <li key={key}>
            <span className={classes.swatch} style={{ background: `var(--state-${color}-solid)` }} />
            {t(`figures.${key}`)} <b className="tabular">{formatDuration(figures[key])}</b>
          </li>
        ))}
      </ul>
    </Section>
  );
}
