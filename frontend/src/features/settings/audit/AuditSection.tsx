/** Who changed or looked at what; nothing here can be changed. */
import { Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentPicker } from '@/components/pickers/AgentPicker';
import { PeriodPicker } from '@/components/pickers/PeriodPicker';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { given, toId } from '@/lib/api/given';
import { usePages } from '@/lib/api/pages';
import { addDays, startOfDay } from '@/lib/format/day';
import { formatDateTime } from '@/lib/format/time';
import { useUrlState } from '@/lib/url-state';
import { ListSection, TableArea, useSection } from '../ListSection';
import { type Entry, EntryDetail, useDetail } from './EntryDetail';

export function AuditSection() {
  const { t } = useTranslation('settings');
  const [search, change] = useUrlState<'actor_id' | 'action' | 'from' | 'to'>();
  const { data: actions } = useQuery({
    queryKey: ['audit', 'actions'],
    queryFn: () => unwrap(api.GET('/api/audit/actions')),
  });
  const query = given({
    actor_id: toId(search.actor_id),
    action: search.action,
    since: search.from && startOfDay(search.from),
    until: search.to && startOfDay(addDays(search.to, 1)),
  });
  const pages = usePages(['audit', query], (cursor) =>
    unwrap(
      api.GET('/api/audit', { params: { query: { ...query, limit: 100, ...(cursor ? { cursor } : {}) } } }),
    ),
  );
  const [opened, setOpened] = useState<Entry | null>(null);
  const detail = useDetail();
  const action = useCallback(
    (row: Entry): string => t(`audit.actions.${row.action.replace('.', '_')}`, { defaultValue: row.action }),
    [t],
  );
  const object = useCallback(
    ({ object_type, object_id }: Entry): string =>
      [object_type && t(`audit.objects.${object_type}`, { defaultValue: object_type }), object_id]
        .filter(Boolean)
        .join(' '),
    [t],
  );
  const columns = useMemo<DataColumn<Entry>[]>(
    () => [
      { id: 'at', header: t('audit.at'), width: '10rem', cell: (row) => formatDateTime(row.at) },
      {
        id: 'actor',
        header: t('audit.actor'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => row.actor_name ?? t('audit.system'),
      },
      {
        id: 'action',
        header: t('audit.action'),
        width: 'minmax(15rem, 1.6fr)',
        cell: action,
      },
      {
        id: 'object',
        header: t('audit.object'),
        width: '9rem',
        cell: object,
      },
      {
        id: 'detail',
        header: t('audit.detail'),
        width: 'minmax(12rem, 2.2fr)',
        cell: (row) => {
          const lines = detail(row);
          return <span title={lines.join('\n')}>{lines.join(' · ')}</span>;
        },
      },
    ],
    [t, action, object, detail],
  );
  return (
    <ListSection {...useSection('audit')}>
      <TableArea>
        <DataTable
          id="audit"
          label={t('section.audit')}
          columns={columns}
          rowId={(row) => String(row.id)}
          onRowClick={setOpened}
          tools={
            <>
              <PeriodPicker
                optional
                value={{ from: search.from, to: search.to }}
                onChange={({ from, to }) => change({ from, to })}
              />
              <AgentPicker
                size="xs"
                w={180}
                placeholder={t('audit.anybody')}
                value={search.actor_id}
                onChange={(actor_id) => change({ actor_id })}
              />
              <Select
                size="xs"
                w={230}
                clearable
                searchable
                placeholder={t('audit.anyAction')}
                aria-label={t('audit.action')}
                data={(actions ?? []).map((action) => ({
                  value: action,
                  label: t(`audit.actions.${action.replace('.', '_')}`, { defaultValue: action }),
                }))}
                value={search.action ?? null}
                onChange={(action) => change({ action: action ?? undefined })}
              />
            </>
          }
          empty={<Text c="dimmed">{t('common:table.emptyFiltered')}</Text>}
          {...pages}
        />
      </TableArea>
      {opened && (
        <EntryDetail
          entry={opened}
          action={action(opened)}
          object={object(opened)}
          onClose={() => setOpened(null)}
        />
      )}
    </ListSection>
  );
}
