/** Files imported so far, and the way to import another. */
import { Alert, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Page } from '@/components/Page';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { usePages } from '@/lib/api/pages';
import { formatNumber } from '@/lib/format/number';
import { formatDateTime } from '@/lib/format/time';
import { StatusBadge } from './StatusBadge';
import type { Import } from './types';
import { ChooseFile, DropArea, UploadProgress } from './UploadZone';
import { useUpload } from './useUpload';

export function ImportsPage() {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const { sending, failed, received, send, cancel, dismiss } = useUpload();
  const pages = usePages(['imports', 'list'], (cursor) =>
    unwrap(api.GET('/api/imports', { params: { query: cursor ? { cursor } : {} } })),
  );
  const columns = useColumns();
  return (
    <DropArea onFiles={send}>
      <Page title={t('title')} actions={<ChooseFile onFiles={send} />} fill>
        {sending && <UploadProgress sending={sending} onCancel={cancel} />}
        {failed.length + received > 0 && (
          <Stack gap="xs" mb="sm">
            {failed.map(({ name, error }, index) => (
              <ErrorMessage key={index} error={error} title={t('uploadFailed', { name })} />
            ))}
            {received > 0 && (
              <Alert
                role="status"
                withCloseButton
                closeButtonLabel={t('common:actions.close')}
                onClose={dismiss}
                data-testid="files-received"
              >
                {t('received', { count: received })}
              </Alert>
            )}
          </Stack>
        )}
        <DataTable
          id="imports"
          label={t('title')}
          columns={columns}
          rowId={(row) => String(row.id)}
          onRowClick={(row) => void navigate({ to: '/imports/$id', params: { id: String(row.id) } })}
          tools={
            <Text size="xs" c="dimmed">
              {t('dropHint')}
            </Text>
          }
          empty={
            <EmptyState title={t('none')} action={<ChooseFile onFiles={send} />}>
              {t('noneHelp')}
            </EmptyState>
          }
          {...pages}
        />
      </Page>
    </DropArea>
  );
}

function useColumns(): DataColumn<Import>[] {
  const { t } = useTranslation('imports');
  return useMemo(() => {
    const count = (key: 'new' | 'updated' | 'duplicate' | 'refused'): DataColumn<Import> => ({
      id: key,
      header: t(`count.${key}`),
      align: 'right',
      width: '6.25rem',
      cell: (row) => (row.status === 'draft' ? '' : formatNumber(row.counts[key])),
    });
    return [
      {
        id: 'name',
        header: t('column.name'),
        width: 'minmax(12rem, 2fr)',
        cell: (row) => <span title={row.file_name}>{row.name || row.file_name}</span>,
      },
      {
        id: 'status',
        header: t('column.status'),
        width: '8rem',
        cell: (row) => <StatusBadge status={row.status} />,
      },
      {
        id: 'created_at',
        header: t('column.date'),
        width: '10.5rem',
        cell: (row) => formatDateTime(row.created_at),
      },
      {
        id: 'rows',
        header: t('column.rows'),
        width: '6rem',
        align: 'right',
        cell: (row) => formatNumber(row.rows_total),
      },
      count('new'),
      count('updated'),
      count('duplicate'),
      count('refused'),
      {
        id: 'campaign',
        header: t('column.campaign'),
        width: 'minmax(10rem, 1fr)',
        cell: (row) => <span title={row.campaign?.name}>{row.campaign?.name}</span>,
      },
      { id: 'by', header: t('column.by'), cell: (row) => row.created_by?.name, hidden: true },
    ];
  }, [t]);
}
