/** Whom the rules refuse, why, and until when. */
import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format/number';
import { formatWhen } from '@/lib/format/time';
import { refusalSentence } from './names';
import classes from './Queue.module.css';
import type { Behind, Refusal } from './types';

interface RefusalsProps {
  refusals: Refusal[];
  onOpen: (behind: Behind) => void;
}

export function Refusals({ refusals, onOpen }: RefusalsProps) {
  const { t } = useTranslation('queue');
  const ending = (one: Refusal): string => {
    if (one.for_good || !one.first_free_at || !one.last_free_at) return t('forGood');
    const [first, last] = [formatWhen(one.first_free_at), formatWhen(one.last_free_at)];
    return first === last ? t('freeAt', { first }) : t('freeFrom', { first, last });
  };
  if (refusals.length === 0) return null;
  return (
    <table className={classes.table} data-testid="queue-refusals">
      <caption>{t('refusals')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('why')}</th>
          <th scope="col">{t('until')}</th>
          <th scope="col" data-align="right">
            {t('records')}
          </th>
        </tr>
      </thead>
      <tbody>
        {refusals.map((one) => (
          <tr key={`${one.code} ${String(one.for_good)}`}>
            <td>{refusalSentence(t, one.code)}</td>
            <td>
              <Text size="sm" c="dimmed">
                {ending(one)}
              </Text>
            </td>
            <td data-align="right">
              <Anchor
                component="button"
                type="button"
                size="sm"
                className="tabular"
                aria-label={t('openList', {
                  name: refusalSentence(t, one.code),
                  count: formatNumber(one.count),
                })}
                onClick={() => onOpen({ standing: 'refused', code: one.code })}
              >
                {formatNumber(one.count)}
              </Anchor>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
