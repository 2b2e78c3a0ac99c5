/** Every call, latest first, with filters; one opens in a drawer beside the list. */
import { Drawer, Text } from '@mantine/core';
import { IconMicrophone } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ExportButton } from '@/components/export/ExportButton';
import { Page } from '@/components/Page';
import { Outcome, Result } from '@/components/Result';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { usePages } from '@/lib/api/pages';
import { formatTenths } from '@/lib/format/number';
import { formatPhone } from '@/lib/format/phone';
import { formatClock, formatDateTime } from '@/lib/format/time';
import { useTextFilter } from '@/lib/text-filter';
import { useUrlState } from '@/lib/url-state';
import { Call } from './Call';
import { CallNumber } from './CallNumber';
import { Filters } from './Filters';
import { type CallSearch, callQuery, FILTER_KEYS } from './filters';
import type { CallItem } from './types';

export function CallsPage() {
  const { t } = useTranslation('calls');
  const [search, change] = useUrlState<keyof CallSearch | 'call'>();
  const [number, setNumber] = useTextFilter('calls');
  const query = callQuery(search, number);
  const pages = usePages(['calls', 'list', query], (cursor) =>
    unwrap(api.GET('/api/calls', { params: { query: { ...query, ...(cursor ? { cursor } : {}) } } })),
  );
  const columns = useColumns();
  const filtered = Object.keys(query).length > 0;
  const clear = (): void => {
    setNumber(undefined);
    change(Object.fromEntries(FILTER_KEYS.map((key) => [key, undefined])));
  };
  return (
    <Page title={t('title')} fill actions={<ExportButton subject="calls" filters={query} />}>
      <DataTable
        id="calls"
        label={t('title')}
        columns={columns}
        rowId={(row) => row.id}
        onRowClick={(row) => change({ call: row.id })}
        tools={
          <Filters
            search={search}
            number={number}
            onChange={change}
            onNumber={setNumber}
            onClear={filtered ? clear : undefined}
          />
        }
        empty={
          filtered ? (
            <Text c="dimmed">{t('common:table.emptyFiltered')}</Text>
          ) : (
            <EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>
          )
        }
        {...pages}
      />
      <Drawer
        opened={search.call !== undefined}
        onClose={() => change({ call: undefined })}
        position="right"
        size="34rem"
        title={t('one')}
        closeButtonProps={{ 'aria-label': t('common:actions.close') }}
      >
        {search.call && <Call id={search.call} />}
      </Drawer>
    </Page>
  );
}

function useColumns(): DataColumn<CallItem>[] {
  const { t } = useTranslation('calls');
  return useMemo(() => {
    const clock = (
      id: 'ring_s' | 'talk_s' | 'wrap_up_s' | 'silence_s' | 'hold_s',
      hidden = false,
    ): DataColumn<CallItem> => ({
      id,
      header: t(`column.${id}`),
      align: 'right',
      width: '5.5rem',
      hidden,
      cell: (row) =>
        row[id] === null
          ? ''
          : id === 'silence_s'
            ? t('seconds', { value: formatTenths(row[id]) })
            : formatClock(row[id]),
    });
    return [
      { id: 'at', header: t('column.at'), width: '9.5rem', cell: (row) => formatDateTime(row.claimed_at) },
      {
        id: 'contact',
        header: t('column.contact'),
        width: 'minmax(8.5rem, 1.4fr)',
        cell: (row) => <span title={row.contact_name ?? ''}>{row.contact_name}</span>,
      },
      {
        id: 'e164',
        header: t('column.number'),
        width: '9.5rem',
        cell: (row) => <CallNumber call={row} />,
      },
      {
        id: 'campaign',
        header: t('column.campaign'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => <span title={row.campaign_name ?? ''}>{row.campaign_name}</span>,
      },
      { id: 'agent', header: t('column.agent'), width: 'minmax(7rem, 1fr)', cell: (row) => row.agent_name },
      {
        id: 'result',
        header: t('column.result'),
        width: '11.5rem',
        cell: (row) => <Result code={row.result} />,
      },
      {
        id: 'disposition',
        header: t('column.disposition'),
        width: 'minmax(9rem, 1fr)',
        cell: (row) => <Outcome label={row.disposition_label} color={row.disposition_color} />,
      },
      clock('talk_s'),
      clock('ring_s', true),
      clock('silence_s', true),
      clock('hold_s', true),
      clock('wrap_up_s', true),
      {
        id: 'mode',
        header: t('column.mode'),
        width: '7rem',
        hidden: true,
        cell: (row) => (row.direction === 'inbound' ? '' : t(`words:mode.${row.mode}`)),
      },
      {
        id: 'presented',
        header: t('column.presented'),
        width: '8.5rem',
        hidden: true,
        cell: (row) => formatPhone(row.presented),
      },
      {
        id: 'recording',
        header: t('column.recording'),
        width: '3rem',
        cell: (row) =>
          row.recording?.status === 'ready' ? <IconMicrophone size={15} aria-label={t('recorded')} /> : null,
      },
    ];
  }, [t]);
}
