/** What was sent to other programs: status, duration, attempts; what did not arrive can be sent again. */
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { Tag, type TagColor } from '@/components/Tag';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { given, toId } from '@/lib/api/given';
import { usePages } from '@/lib/api/pages';
import { formatDateTime } from '@/lib/format/time';
import { useUrlState } from '@/lib/url-state';
import { TableArea } from '../ListSection';
import { DeliveryDrawer } from './DeliveryDrawer';
import { webhooksQuery } from './queries';
import { type Delivery, keyOf } from './types';

const STATES = ['pending', 'delivered', 'failed'] as const;
const COLORS: Record<Delivery['state'], TagColor> = {
  pending: 'dialing',
  delivered: 'ready',
  failed: 'fault',
};
const REFRESH_MS = 5000;

export function DeliveriesTab() {
  const { t } = useTranslation('integrations');
  const [search, change] = useUrlState<'webhook' | 'state'>();
  const [opened, setOpened] = useState<number | null>(null);
  const { data: webhooks } = useQuery(webhooksQuery);
  const query = given({
    webhook_id: toId(search.webhook),
    state: STATES.find((one) => one === search.state),
  });
  const pages = usePages(
    ['integrations', 'deliveries', query],
    (cursor) =>
      unwrap(
        api.GET('/api/integrations/deliveries', {
          params: { query: { ...query, limit: 100, ...(cursor ? { cursor } : {}) } },
        }),
      ),
    { refetchMs: REFRESH_MS },
  );
  return (
    <TableArea>
      <DataTable
        id="deliveries"
        label={t('tab.deliveries')}
        columns={useColumns()}
        rowId={(row) => String(row.id)}
        onRowClick={(row) => setOpened(row.id)}
        live
        empty={<EmptyState title={t('delivery.none')}>{t('delivery.noneHelp')}</EmptyState>}
        tools={
          <>
            <Select
              size="xs"
              w={260}
              clearable
              placeholder={t('delivery.anyWebhook')}
              aria-label={t('webhook.url')}
              data={(webhooks?.items ?? []).map(({ id, url }) => ({ value: String(id), label: url }))}
              value={search.webhook ?? null}
              onChange={(webhook) => change({ webhook: webhook ?? undefined })}
            />
            <Select
              size="xs"
              w={150}
              clearable
              placeholder={t('delivery.anyState')}
              aria-label={t('delivery.state')}
              data={STATES.map((state) => ({ value: state, label: t(`delivery.is.${state}`) }))}
              value={search.state ?? null}
              onChange={(state) => change({ state: state ?? undefined })}
            />
          </>
        }
        {...pages}
      />
      {opened !== null && <DeliveryDrawer key={opened} id={opened} onClose={() => setOpened(null)} />}
    </TableArea>
  );
}

export function Answer({ status, error }: { status: number | null; error: Delivery['last_error'] }) {
  const { t } = useTranslation('integrations');
  return <>{[status, error && t(`delivery.error.${error}`)].filter(Boolean).join(' — ') || '—'}</>;
}

function useColumns(): DataColumn<Delivery>[] {
  const { t } = useTranslation('integrations');
  return useMemo(
    () => [
      {
        id: 'at',
        header: t('delivery.at'),
        width: '9rem',
        cell: (row) => formatDateTime(row.event_at),
      },
      {
        id: 'event',
        header: t('delivery.event'),
        width: 'minmax(7rem, 1fr)',
        cell: (row) => t(`event.${keyOf(row.event_type)}`),
      },
      {
        id: 'url',
        header: t('webhook.url'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => <span title={row.url}>{row.url}</span>,
      },
      {
        id: 'state',
        header: t('delivery.state'),
        width: '7rem',
        cell: (row) => <Tag color={COLORS[row.state]}>{t(`delivery.is.${row.state}`)}</Tag>,
      },
      {
        id: 'answer',
        header: t('delivery.answer'),
        width: 'minmax(14.5rem, 1fr)',
        cell: (row) => <Answer status={row.last_status} error={row.last_error} />,
      },
      {
        id: 'duration',
        header: t('delivery.duration'),
        width: '6.5rem',
        align: 'right',
        cell: (row) =>
          row.last_duration_ms === null ? '—' : t('delivery.ms', { count: row.last_duration_ms }),
      },
      {
        id: 'attempts',
        header: t('delivery.attempts'),
        width: '5.5rem',
        align: 'right',
        cell: (row) => row.attempts,
      },
      {
        id: 'next',
        header: t('delivery.next'),
        width: '9rem',
        hidden: true,
        cell: (row) => (row.state === 'pending' && row.next_at ? formatDateTime(row.next_at) : '—'),
      },
    ],
    [t],
  );
}
