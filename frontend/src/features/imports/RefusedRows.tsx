/** Rows of the file that were not imported, or whose contact was there already, each with its reason. */
import { Button, Group, Select, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { usePages } from '@/lib/api/pages';
import type { components } from '@/lib/api/schema';
import { formatNumber } from '@/lib/format/number';
import classes from './Imports.module.css';
import type { ImportDetail } from './types';

type RefusedRow = components['schemas']['RefusedRowOut'];

export function RefusedRows({ batch }: { batch: ImportDetail }) {
  const { t } = useTranslation('imports');
  const reasons = useReasons(batch);
  const [code, setCode] = useState(reasons[0]?.value ?? '');
  const pages = usePages(['imports', 'refused', batch.id, code], (cursor) =>
    unwrap(
      api.GET('/api/imports/{batch_id}/refused', {
        params: { path: { batch_id: batch.id }, query: { code, ...(cursor ? { cursor } : {}) } },
      }),
    ),
  );
  const columns = useMemo<DataColumn<RefusedRow>[]>(
    () => [
      { id: 'row', header: t('column.line'), width: '5rem', align: 'right', cell: (row) => row.row_number },
      {
        id: 'reason',
        header: t('column.reason'),
        width: 'minmax(26rem, 1fr)',
        wrap: true,
        cell: (row) => row.reason,
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
      <Group justify="space-between" align="end" mb="xs">
        <Title order={2}>{t('refusedTitle')}</Title>
        <Group gap="sm" align="end">
          <Select
            size="xs"
            w={420}
            aria-label={t('column.reason')}
            allowDeselect={false}
            data={reasons.map(({ value, label }) => ({ value, label }))}
            value={code}
            onChange={(value) => setCode(value ?? '')}
            data-testid="reasons"
          />
          <Button
            size="xs"
            component="a"
            href={`/api/imports/${batch.id}/refused.csv${code ? `?code=${code}` : ''}`}
            download
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            data-testid="download-refused"
          >
            {t('downloadRefused')}
          </Button>
        </Group>
      </Group>
      <div className={classes.refused}>
        <DataTable
          id="refused"
          label={t('refusedTitle')}
          columns={columns}
          rowId={(row) => String(row.row_number)}
          {...pages}
          total={reasons.find(({ value }) => value === code)?.count ?? 0}
        />
      </div>
    </section>
  );
}

interface Reason {
  value: string;
  label: string;
  count: number;
}

/** All rows refused, all duplicates, then each reason with its count; numbers left out of imported contacts are one too. */
function useReasons(batch: ImportDetail): Reason[] {
  const { t } = useTranslation('imports');
  const all = batch.counts.refused + batch.counts.do_not_call;
  const byCode = new Map<string, Reason>();
  for (const { code, reason, count } of batch.reasons) {
    const same = byCode.get(code);
    byCode.set(code, same ? { ...same, count: same.count + count } : { value: code, label: reason, count });
  }
  const every = {
    value: '',
    label: t(batch.counts.do_not_call > 0 ? 'reasons.allAndListed' : 'reasons.all'),
    count: all,
  };
  const doubles = [...byCode.values()].filter(({ value }) => value.startsWith('duplicate_'));
  const twice = { value: 'duplicate', label: t('reasons.duplicates'), count: batch.counts.duplicate };
  return [...(all > 0 ? [every] : []), ...(doubles.length > 1 ? [twice] : []), ...byCode.values()].map(
    (one) => ({
      ...one,
      label: `${formatNumber(one.count)} – ${one.label}`,
    }),
  );
}
