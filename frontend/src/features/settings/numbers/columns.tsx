/** The columns of presented numbers: two lines a row, so that all of them stand on a screen of 1280. */
import { Button, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DataColumn } from '@/components/table/DataTable';
import { formatNumber, formatShare } from '@/lib/format/number';
import { formatPhone } from '@/lib/format/phone';
import { type Health, type PresentedNumber, shownState } from './health';
import { HealthTag } from './HealthTag';
import classes from './Numbers.module.css';
import { Trend } from './Trend';

interface Known {
  campaigns: Map<number, string>;
  health: Map<number, Health>;
  onRest: (row: PresentedNumber) => void;
}

export function useNumberColumns(known: Known): DataColumn<PresentedNumber>[] {
  const { t } = useTranslation('settings');
  const { campaigns, health, onRest } = known;
  return useMemo(() => {
    const calls = (row: PresentedNumber): number => Math.round(health.get(row.id)?.recent.calls_a_day ?? 0);
    const names = (row: PresentedNumber): string =>
      row.campaign_ids
        .map((id) => campaigns.get(id))
        .filter(Boolean)
        .join(', ');
    return [
      {
        id: 'e164',
        header: t('numbers.number'),
        width: 'minmax(8.25rem, 1fr)',
        cell: (row) => (
          <div className={classes.two}>
            <span className="tabular" style={{ fontWeight: 600 }}>
              {formatPhone(row.e164)}
            </span>
            <span title={row.label}>{row.label}</span>
          </div>
        ),
      },
      {
        id: 'health',
        header: t('numbers.health.column'),
        width: '8.75rem',
        cell: (row) => {
          const state = shownState(row, health.get(row.id));
          const known = health.get(row.id);
          return (
            <div className={classes.state}>
              <HealthTag state={state} />
              {known && known.days.some(({ calls }) => calls > 0) && <Trend health={known} state={state} />}
            </div>
          );
        },
      },
      {
        id: 'answers',
        header: t('numbers.health.answers'),
        help: t('numbers.health.answersHelp'),
        width: '6rem',
        align: 'right',
        cell: (row) => formatShare(health.get(row.id)?.recent.answer_rate, 0),
      },
      {
        id: 'calls',
        header: t('numbers.health.calls'),
        help: t('numbers.health.callsHelp'),
        width: '5.5rem',
        align: 'right',
        cell: (row) => (
          <div className={classes.two}>
            <span>{formatNumber(calls(row))}</span>
            <span>
              {row.daily_limit === null ? t('numbers.noLimit') : `/ ${formatNumber(row.daily_limit)}`}
            </span>
          </div>
        ),
      },
      {
        id: 'serves',
        header: t('numbers.serves'),
        width: 'minmax(7.5rem, 0.9fr)',
        cell: (row) => (
          <div className={classes.two}>
            <span>{t(`numbers.serve.${serves(row)}`)}</span>
            <span title={t(`numbers.ranges.${row.range}`)}>{t(`numbers.ranges.${row.range}`)}</span>
          </div>
        ),
      },
      {
        id: 'campaigns',
        header: t('numbers.usedBy'),
        width: 'minmax(7.5rem, 1.2fr)',
        cell: (row) => (
          <div className={classes.two}>
            {names(row) ? (
              <span title={names(row)}>{names(row)}</span>
            ) : (
              <Text span size="sm" c="dimmed">
                {t('numbers.unused')}
              </Text>
            )}
            <span title={row.principal_name}>{row.principal_name}</span>
          </div>
        ),
      },
      {
        id: 'zone',
        header: t('numbers.zone'),
        width: '4rem',
        hidden: true,
        cell: (row) => (row.zone ? `0${row.zone}` : t('numbers.anyZone')),
      },
      {
        id: 'returns',
        header: t('numbers.returns.title'),
        width: 'minmax(9rem, 1fr)',
        hidden: true,
        cell: (row) =>
          row.return_to === 'campaign'
            ? campaigns.get(row.return_campaign_id ?? 0)
            : t(`numbers.returns.short.${row.return_to}`),
      },
      {
        id: 'rest',
        header: t('common:table.actions'),
        headerHidden: true,
        width: '8.5rem',
        align: 'right',
        cell: (row) => (
          <Button
            size="compact-xs"
            variant="default"
            data-testid={`rest-${row.e164}`}
            aria-label={`${t(row.active ? 'numbers.health.rest' : 'numbers.health.wake')} : ${formatPhone(row.e164)}`}
            onClick={(event) => {
              event.stopPropagation();
              onRest(row);
            }}
          >
            {t(row.active ? 'numbers.health.rest' : 'numbers.health.wake')}
          </Button>
        ),
      },
    ];
  }, [t, campaigns, health, onRest]);
}

function serves(row: PresentedNumber): 'automatic' | 'by_hand' | 'nothing' {
  if (row.serves_automatic) return 'automatic';
  return row.serves_by_hand ? 'by_hand' : 'nothing';
}
