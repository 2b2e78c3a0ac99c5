/** Rows of the file that were not imported, each with its reason. */
import { Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { usePages } from '@/lib/api/pages';
import type { components } from '@/lib/api/schema';
import classes from './Imports.module.css';
import type { ImportDetail } from './types';

type RefusedRow = components['schemas']['RefusedRowOut'];

export function RefusedRows({ batch }: { batch: ImportDetail }) {
  const { t } = useTranslation('imports');
  const pages = usePages(['imports', 'refused', batch.id], (cursor) =>
    unwrap(
      api.GET('/api/imports/{batch_id}/refused', {
        params: { path: { batch_id: batch.id }, query: cursor ? { cursor } : {} },
      }),
    ),
  );
  const columns = useMemo<DataColumn<RefusedRow>[]>(
    () => [
      { id: 'row', header: t('column.line'), width: '5rem', align: 'right', cell: (row) => row.row_number },
      {
        id: 'reason',
        header: t('column.reason'),
        width: 'minmax(16rem, 1fr)',
        cell: (row) => <span title={row.reason}>{row.reason}</span>,
      },
      {
        id: 'cells',
        header: t('column.cells'),
        width: 'minmax(20rem, 2fr)',
        cell: (row) => <span title={row.cells.join(' | ')}>{row.cells.join(' | ')}</span>,
      },
    ],
    [t],
  );
  return (
    <section aria-label={t('refusedTitle')}>
      <Title order={2} mb="xs">
        {t('refusedTitle')}
      </Title>
      <div className={classes.refused}>
        <DataTable
          id="refused"
          label={t('refusedTitle')}
          columns={columns}
          rowId={(row) => String(row.row_number)}
          {...pages}
          total={batch.counts.refused + batch.counts.do_not_call}
        />
      </div>
    </section>
  );
}
