/** How each one's signed-in time was spent: one bar a line, as wide as the longest. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '@/lib/format/time';
import classes from './Statistics.module.css';
import type { Line, Times } from './types';

type Part = { key: string; color: string; seconds: (times: Times) => number };

const PARTS: Part[] = [
  { key: 'talk', color: 'talking', seconds: (times) => times.talk_s },
  { key: 'hold', color: 'hold', seconds: (times) => times.hold_s },
  {
    key: 'dialing',
    color: 'dialing',
    seconds: (times) => times.dialing_s + times.ringing_s + times.preview_s,
  },
  { key: 'wrapUp', color: 'wrap_up', seconds: (times) => times.wrap_up_s },
  { key: 'ready', color: 'ready', seconds: (times) => times.ready_s },
  { key: 'pause', color: 'pause', seconds: (times) => times.pause_s },
];
/** Enough to see who stands out; the table has them all. */
const SHOWN = 40;

const sum = (times: Times): number => PARTS.reduce((all, part) => all + part.seconds(times), 0);

export function TimeBars({ lines }: { lines: Line[] }) {
  const { t } = useTranslation('statistics');
  const shown = lines.filter(({ times }) => sum(times) > 0).slice(0, SHOWN);
  const longest = Math.max(...shown.map(({ times }) => sum(times)));
  if (shown.length === 0) return null;
  return (
    <section className={classes.bars} aria-label={t('time.title')}>
      <Text size="sm" fw={600}>
        {t('time.title')}
      </Text>
      <ul className={classes.legend}>
        {PARTS.map(({ key, color }) => (
          <li key={key}>
            <span style={{ background: `var(--state-${color}-solid)` }} aria-hidden />
            {t(`time.${key}`)}
          </li>
        ))}
      </ul>
      <div className={classes.barList}>
        {shown.map((line) => (
          <div key={line.id} className={classes.barLine}>
            <span title={line.name}>{line.name}</span>
            <Bar line={line} longest={longest} />
          </div>
        ))}
      </div>
    </section>
  );
}

function Bar({ line, longest }: { line: Line; longest: number }) {
  const { t } = useTranslation('statistics');
  const parts = PARTS.map(({ key, color, seconds }) => ({ key, color, seconds: seconds(line.times) })).filter(
    (part) => part.seconds > 0,
  );
  const words = parts.map((part) => `${t(`time.${part.key}`)} ${formatDuration(part.seconds)}`).join(', ');
  return (
    <div className={classes.bar} role="img" aria-label={words} title={words}>
      {parts.map((part) => (
        <span
          key={part.key}
          style={{
            width: `${(100 * part.seconds) / longest}%`,
            background: `var(--state-${part.color}-solid)`,
          }}
        />
      ))}
    </div>
  );
}
