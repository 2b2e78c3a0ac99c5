/** A number's answer rate day by day, the last seven in the colour of its state: a day without calls is a gap. */
import { useTranslation } from 'react-i18next';
import { formatShare } from '@/lib/format/number';
import type { Health, Shown } from './health';
import { COLORS } from './health';
import classes from './Numbers.module.css';

const BAR = 2;
const GAP = 1;
const HEIGHT = 20;
const RECENT = 7;

export function Trend({ health, state }: { health: Health; state: Shown }) {
  const { t } = useTranslation('settings');
  const { days } = health;
  const highest = Math.max(...days.map((day) => day.answer_rate ?? 0), 0.01);
  const words = t('numbers.health.trend', {
    recent: formatShare(health.recent.answer_rate),
    past: formatShare(health.past.answer_rate),
  });
  const width = days.length * (BAR + GAP) - GAP;
  return (
    <svg
      className={classes.trend}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={words}
    >
      <title>{words}</title>
      <rect y={HEIGHT - 0.5} width={width} height={0.5} fill="var(--mantine-color-dimmed)" />
      {days.map(({ day, answer_rate }, index) => {
        if (answer_rate === null) return null;
        const height = Math.max(1, (HEIGHT * answer_rate) / highest);
        const recent = index >= days.length - RECENT;
        return (
          <rect
            key={day}
            x={index * (BAR + GAP)}
            y={HEIGHT - height}
            width={BAR}
            height={height}
            fill={recent ? `var(--state-${COLORS[state]}-solid)` : 'var(--mantine-color-dimmed)'}
            opacity={recent ? 1 : 0.45}
          />
        );
      })}
    </svg>
  );
}
