/** The contacts behind a figure. */
import { Drawer } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { usePages } from '@/lib/api/pages';
import { formatPhone } from '@/lib/format/phone';
import { formatDateTime } from '@/lib/format/time';
import { endName, refusalSentence, resultName } from './names';
import { readEntries } from './queries';
import classes from './Queue.module.css';
import type { Behind, Entry } from './types';

interface EntriesDrawerProps {
  campaignId: number;
  behind: Behind | null;
  onClose: () => void;
}

export function EntriesDrawer({ campaignId, behind, onClose }: EntriesDrawerProps) {
  const { t } = useTranslation('queue');
  return (
    <Drawer
      opened={behind !== null}
      onClose={onClose}
      position="right"
      size="min(72rem, 85vw)"
      title={behind && t(`standing.${behind.standing}`)}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
      // The page has its banner already.
      attributes={{ header: { role: 'presentation' } }}
      classNames={{ body: classes.drawer, content: classes.drawerContent, title: classes.drawerTitle }}
    >
      {behind && <Entries campaignId={campaignId} behind={behind} />}
    </Drawer>
  );
}

function Entries({ campaignId, behind }: { campaignId: number; behind: Behind }) {
  const { t } = useTranslation('queue');
  const navigate = useNavigate();
  const pages = usePages<Entry>(['campaigns', 'queue', campaignId, 'entries', behind], (cursor) =>
    readEntries(campaignId, behind, cursor),
  );
  const columns = useMemo(
    (): DataColumn<Entry>[] => [
      {
        id: 'name',
        header: t('column.name'),
        width: 'minmax(8rem, 1.5fr)',
        cell: (row) => row.name || row.company || t('noName'),
      },
      {
        id: 'company',
        header: t('column.company'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => row.company,
        hidden: true,
      },
      { id: 'e164', header: t('column.number'), width: '8.5rem', cell: (row) => formatPhone(row.e164) },
      {
        id: 'city',
        header: t('column.city'),
        width: 'minmax(7rem, 1fr)',
        cell: (row) => `${row.postal_code} ${row.city}`,
      },
      {
        id: 'why',
        header: t('column.why'),
        width: 'minmax(7rem, 1.5fr)',
        cell: (row) =>
          row.standing === 'refused'
            ? refusalSentence(t, row.why)
            : row.standing === 'finished'
              ? endName(t, { label: row.why ? '' : row.outcome, code: row.why, last_result: '' })
              : row.owner,
      },
      {
        id: 'attempts',
        header: t('column.attempts'),
        width: '4.25rem',
        align: 'right',
        cell: (row) => row.attempts,
      },
      {
        id: 'last',
        header: t('column.last'),
        width: '8rem',
        cell: (row) => row.last_result && resultName(t, row.last_result),
      },
      {
        id: 'last_call_at',
        header: t('column.lastAt'),
        width: '9.5rem',
        cell: (row) => formatDateTime(row.last_call_at),
      },
      {
        id: 'not_before',
        header: t('column.notBefore'),
        width: '9.5rem',
        cell: (row) =>
          row.standing === 'finished' || row.standing === 'withdrawn' ? '' : formatDateTime(row.not_before),
      },
    ],
    [t],
  );
  return (
    <DataTable
      id="queue-entries"
      label={t(`standing.${behind.standing}`)}
      columns={columns}
      rows={pages.rows}
      rowId={(row) => String(row.id)}
      loading={pages.loading}
      error={pages.error}
      onRetry={pages.onRetry}
      hasMore={pages.hasMore}
      onMore={pages.onMore}
      onRowClick={(row) => void navigate({ to: '/contacts/$id', params: { id: String(row.contact_id) } })}
    />
  );
}
