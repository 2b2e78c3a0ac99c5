/** Files asked for: where they stand, who made them, the way to fetch and remove them. */
import { ActionIcon, Button, Group, Progress, Text, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { EmptyState } from '@/components/EmptyState';
import { type Export, isActive } from '@/components/export/types';
import { Page } from '@/components/Page';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { Tag, type TagColor } from '@/components/Tag';
import { api, unwrap } from '@/lib/api/client';
import { usePages } from '@/lib/api/pages';
import { formatNumber } from '@/lib/format/number';
import { formatSize } from '@/lib/format/size';
import { formatDateTime } from '@/lib/format/time';
import { cancelExport, deleteExport, fileAddress } from './acts';
import { NewExport } from './NewExport';
import { EVERY_MS, recentExportsQuery } from './queries';

const COLORS: Record<Export['status'], TagColor> = {
  queued: 'talking',
  running: 'talking',
  done: 'ready',
  failed: 'fault',
  cancelled: 'pause',
  expired: 'pause',
};

export function ExportsPage() {
  const { t } = useTranslation('exports');
  const client = useQueryClient();
  const [making, setMaking] = useState(false);
  const { data: recent } = useQuery(recentExportsQuery);
  const active = recent?.items.some(isActive) ?? false;
  const pages = usePages(
    ['exports', 'list'],
    (cursor) => unwrap(api.GET('/api/exports', { params: { query: cursor ? { cursor } : {} } })),
    { refetchMs: active ? EVERY_MS : false },
  );
  useEffect(() => {
    // The two questions are not asked at the same instant: the list is asked once more when nothing is under way.
    if (!active) void client.invalidateQueries({ queryKey: ['exports', 'list'] });
  }, [active, client]);
  const columns = useColumns(client);
  const open = (
    <Button onClick={() => setMaking(true)} data-testid="new-export">
      {t('new')}
    </Button>
  );
  return (
    <Page title={t('title')} actions={open} fill>
      <DataTable
        id="exports"
        label={t('title')}
        columns={columns}
        rowId={(row) => row.id}
        rowHeight={44}
        tools={
          <Text size="xs" c="dimmed">
            {t('keptFor')}
          </Text>
        }
        empty={
          <EmptyState title={t('noExport')} action={open}>
            {t('noExportHelp')}
          </EmptyState>
        }
        {...pages}
      />
      <NewExport opened={making} onClose={() => setMaking(false)} />
    </Page>
  );
}

function useColumns(client: QueryClient): DataColumn<Export>[] {
  const { t } = useTranslation('exports');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        width: 'minmax(15rem, 2fr)',
        cell: (row) => <span title={row.file_name}>{row.file_name}</span>,
      },
      {
        id: 'status',
        header: t('column.status'),
        width: '7.5rem',
        cell: (row) => (
          <Tag color={COLORS[row.status]} data-testid="export-status" data-status={row.status}>
            {t(`status.${row.status}`)}
          </Tag>
        ),
      },
      {
        id: 'detail',
        header: t('column.detail'),
        width: 'minmax(10rem, 1fr)',
        cell: (row) => <Detail row={row} />,
      },
      {
        id: 'rows',
        header: t('column.rows'),
        width: '6rem',
        align: 'right',
        cell: (row) =>
          row.status === 'done' || row.status === 'expired' ? formatNumber(row.rows_total) : '',
      },
      {
        id: 'size',
        header: t('column.size'),
        width: '5.5rem',
        align: 'right',
        cell: (row) => (row.status === 'done' ? formatSize(row.size_bytes) : ''),
      },
      {
        id: 'by',
        header: t('column.by'),
        width: 'minmax(6.5rem, 0.8fr)',
        cell: (row) => <span title={row.created_by?.name}>{row.created_by?.name}</span>,
      },
      {
        id: 'at',
        header: t('column.at'),
        width: '9.5rem',
        cell: (row) => formatDateTime(row.created_at),
      },
      {
        id: 'columns',
        header: t('column.columns'),
        width: '5.5rem',
        align: 'right',
        hidden: true,
        cell: (row) => formatNumber(row.columns.length),
      },
      {
        id: 'downloads',
        header: t('column.downloads'),
        width: '7.5rem',
        align: 'right',
        hidden: true,
        cell: (row) => formatNumber(row.downloads),
      },
      {
        id: 'actions',
        header: t('common:table.actions'),
        headerHidden: true,
        width: '13.5rem',
        align: 'right',
        cell: (row) => <Acts row={row} client={client} />,
      },
    ],
    [t, client],
  );
}

function Detail({ row }: { row: Export }) {
  const { t } = useTranslation('exports');
  if (isActive(row)) {
    const written = row.rows_total > 0 && row.rows_done >= row.rows_total;
    const label = written
      ? t('closing')
      : t('common:jobs.progress', {
          done: formatNumber(row.rows_done),
          total: row.rows_total ? formatNumber(row.rows_total) : '…',
        });
    const unknown = row.rows_total === 0 || written;
    return (
      <div style={{ width: '100%' }} data-testid="export-progress">
        <Text size="xs" c="dimmed" className="tabular">
          {label}
        </Text>
        <Progress
          size="sm"
          value={unknown ? 100 : row.progress * 100}
          striped={unknown}
          animated={unknown}
          aria-label={t('progressOf', { name: row.file_name })}
        />
      </div>
    );
  }
  const text = row.error?.message ?? note(row, t);
  return (
    <Text
      size="xs"
      c={row.error ? 'red' : 'dimmed'}
      title={text}
      lineClamp={2}
      style={{ whiteSpace: 'normal' }}
    >
      {text}
    </Text>
  );
}

function note(row: Export, t: TFunction<'exports'>): string {
  if (row.status !== 'done') return '';
  const parts = [t('expires', { when: formatDateTime(row.expires_at) })];
  if (row.cut_cells > 0) parts.push(t('cutCells', { count: row.cut_cells }));
  if (row.sheets > 1) parts.push(t('sheets', { count: row.sheets }));
  return parts.join(' · ');
}

function Acts({ row, client }: { row: Export; client: QueryClient }) {
  const { t } = useTranslation('exports');
  if (isActive(row))
    return (
      <ConfirmInline
        size="compact-xs"
        variant="subtle"
        color="red"
        confirmLabel={t('stopConfirm')}
        onConfirm={() => cancelExport(client, row.id)}
      >
        {t('stop')}
      </ConfirmInline>
    );
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {row.can_download && (
        <Tooltip label={t('download')}>
          <ActionIcon
            component="a"
            href={fileAddress(row.id)}
            download
            color="ink"
            aria-label={t('downloadOf', { name: row.file_name })}
            data-testid="export-download"
          >
            <IconDownload size={18} />
          </ActionIcon>
        </Tooltip>
      )}
      <ConfirmInline
        size="compact-xs"
        variant="subtle"
        color="red"
        confirmLabel={t('deleteConfirm')}
        onConfirm={() => deleteExport(client, row.id)}
      >
        {t('common:actions.delete')}
        <span className="visually-hidden">&nbsp;{row.file_name}</span>
      </ConfirmInline>
    </Group>
  );
}
