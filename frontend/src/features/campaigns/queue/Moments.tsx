/** When the later ones, promises included, become callable: a bar an hour for a day, then a bar a day for a fortnight. */
import { Text, UnstyledButton } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format/number';
import { formatDate, formatDateTime, formatTime } from '@/lib/format/time';
import classes from './Queue.module.css';
import type { Behind, Moment } from './types';

interface MomentsProps {
  moments: Moment[];
  onOpen: (behind: Behind) => void;
}

function nameOf(t: TFunction, { unit, from_at }: Moment): string {
  if (unit === 'hour') return formatTime(from_at).slice(0, 2) + t('hour');
  if (unit === 'day') return formatDate(from_at);
  return t('after', { when: formatDate(from_at) });
}

export function Moments({ moments, onOpen }: MomentsProps) {
  const { t } = useTranslation('queue');
  if (moments.length === 0) return null;
  const most = Math.max(...moments.map(({ count }) => count));
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {t('moments')}
      </Text>
      <div className={classes.moments} role="list" aria-label={t('moments')}>
        {moments.map((moment) => {
          const name = nameOf(t, moment);
          const count = formatNumber(moment.count);
          return (
            <div key={`${moment.unit} ${moment.from_at}`} role="listitem" className={classes.moment}>
              <UnstyledButton
                className={classes.bar}
                aria-label={t('momentLabel', { name, count })}
                title={t('momentTitle', { from: formatDateTime(moment.from_at), count })}
                onClick={() =>
                  onOpen({ standing: 'later', from_at: moment.from_at, until_at: moment.until_at })
                }
              >
                <span>{count}</span>
                <i style={{ height: `${Math.max(3, (56 * moment.count) / most)}px` }} />
              </UnstyledButton>
              <span className={classes.when}>{name}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
