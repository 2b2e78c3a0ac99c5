/** Who put what back, when, how many; an undo restores exactly those that nobody called since. */
import { Progress, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { ErrorMessage } from '@/components/ErrorMessage';
import { notifyDone } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { formatNumber } from '@/lib/format/number';
import { formatDateTime } from '@/lib/format/time';
import type { Campaign } from '../types';
import { endName, refusalSentence } from './names';
import { isUnderWay, progressOf } from './progress';
import { recentRecyclingsQuery, recyclingsQuery } from './queries';
import classes from './Queue.module.css';
import type { Recycling } from './types';

export function RecyclingHistory({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('queue');
  const client = useQueryClient();
  const recyclings = useQuery(recyclingsQuery(campaign.id));
  const undo = useMutation({
    mutationFn: (id: number) =>
      unwrap(api.POST('/api/recyclings/{recycling_id}/undo', { params: { path: { recycling_id: id } } })),
    onSuccess: (done) => {
      if (done.status === 'undone')
        notifyDone(t('undone', { restored: formatNumber(done.restored), kept: formatNumber(done.kept) }));
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: recentRecyclingsQuery.queryKey });
      return client.invalidateQueries({ queryKey: ['campaigns', 'queue', campaign.id] });
    },
  });
  if (recyclings.error)
    return <ErrorMessage error={recyclings.error} onRetry={() => void recyclings.refetch()} />;
  const rows = recyclings.data?.items ?? [];
  if (rows.length === 0) return null;
  return (
    <>
      <table className={classes.table} data-testid="recyclings">
        <caption>{t('history')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('column.when')}</th>
            <th scope="col">{t('column.who')}</th>
            <th scope="col">{t('column.what')}</th>
            <th scope="col" data-align="right">
              {t('records')}
            </th>
            <th scope="col">
              <span className="visually-hidden">{t('undo')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{formatDateTime(row.created_at)}</td>
              <td>{row.created_by}</td>
              <td>
                <What row={row} />
              </td>
              <td data-align="right" className="tabular">
                {formatNumber(row.recycled)}
              </td>
              <td data-align="right">
                {row.status === 'done' && campaign.status !== 'archived' && (
                  <ConfirmInline
                    size="compact-xs"
                    confirmLabel={t('confirmUndo')}
                    onConfirm={() => undo.mutate(row.id)}
                    data-testid={`undo-${row.id}`}
                  >
                    {t('undo')}
                  </ConfirmInline>
                )}
                {row.status === 'running' && (
                  <ConfirmInline
                    size="compact-xs"
                    confirmLabel={t('confirmUndo')}
                    onConfirm={() => undo.mutate(row.id)}
                  >
                    {t('stop')}
                  </ConfirmInline>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {undo.error && <ErrorMessage error={undo.error} />}
    </>
  );
}

function What({ row }: { row: Recycling }) {
  const { t } = useTranslation('queue');
  const names = row.ends.map((end, n) =>
    end.kind === 'refused'
      ? refusalSentence(t, end.code ?? '')
      : endName(t, { label: row.labels[n] ?? '', code: end.code ?? '', last_result: end.last_result ?? '' }),
  );
  const label = names.join(', ');
  const { done, total } = progressOf(row);
  return (
    <>
      <Text size="sm" lineClamp={2} title={label}>
        {label}
      </Text>
      <Text size="xs" c="dimmed">
        {t(row.keeps_attempts ? 'keptAttempts' : 'begunAgain')}
        {row.status === 'undone' &&
          ` ${t('undoneBy', { who: row.undone_by, when: formatDateTime(row.undone_at), restored: formatNumber(row.restored), kept: formatNumber(row.kept) })}`}
      </Text>
      {isUnderWay(row) && (
        <Progress
          mt={4}
          animated
          striped
          value={(100 * done) / Math.max(1, total)}
          aria-label={t(row.status === 'undoing' ? 'undoing' : 'running')}
        />
      )}
    </>
  );
}
