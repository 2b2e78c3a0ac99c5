/** All campaigns, what is left to call in each, and a new one. */
import { Button, Checkbox, Group, Progress, Select, Text } from '@mantine/core';
import { IconFilter, IconMapPin, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { Page } from '@/components/Page';
import { SearchInput } from '@/components/pickers/SearchInput';
import { Tag } from '@/components/Tag';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { given } from '@/lib/api/given';
import { formatNumber } from '@/lib/format/number';
import { formatDateTime } from '@/lib/format/time';
import { useUrlState } from '@/lib/url-state';
import classes from './Campaign.module.css';
import { NewCampaign } from './NewCampaign';
import { StatusBadge } from './StatusBadge';
import type { Campaign, CampaignItem } from './types';

const STATUSES = ['draft', 'open', 'stopped'] as const;

export function CampaignsPage() {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigate();
  const [search, change] = useUrlState<'q' | 'status' | 'archived' | 'new'>();
  const [creating, setCreating] = useState(search.new === '1');
  const query = {
    ...given({ q: search.q, status: search.status as Campaign['status'] | undefined }),
    ...(search.archived === '1' ? { archived: true } : {}),
  };
  const campaigns = useQuery({
    queryKey: ['campaigns', 'list', query],
    queryFn: () => unwrap(api.GET('/api/campaigns', { params: { query } })),
    placeholderData: keepPreviousData,
  });
  const columns = useColumns();
  const create = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setCreating(true)}
      data-testid="new-campaign"
    >
      {t('new.button')}
    </Button>
  );
  return (
    <Page title={t('title')} actions={create} fill>
      <DataTable
        id="campaigns"
        label={t('title')}
        columns={columns}
        rows={campaigns.data?.items}
        total={campaigns.data?.items.length}
        rowId={(row) => String(row.id)}
        loading={campaigns.isPending}
        error={campaigns.error}
        onRetry={() => void campaigns.refetch()}
        onRowClick={(row) => void navigate({ to: '/campaigns/$id', params: { id: String(row.id) } })}
        tools={
          <>
            <SearchInput size="xs" w={240} value={search.q} onChange={(q) => change({ q })} />
            <Select
              size="xs"
              w={150}
              clearable
              placeholder={t('anyStatus')}
              aria-label={t('column.status')}
              data={STATUSES.map((status) => ({ value: status, label: t(`words:campaignStatus.${status}`) }))}
              value={search.status ?? null}
              onChange={(status) => change({ status: status ?? undefined })}
            />
            <Checkbox
              size="xs"
              label={t('showArchived')}
              checked={search.archived === '1'}
              onChange={(event) => change({ archived: event.currentTarget.checked ? '1' : undefined })}
            />
          </>
        }
        empty={
          search.q || search.status ? (
            <Text c="dimmed">{t('common:table.emptyFiltered')}</Text>
          ) : (
            <EmptyState title={t('none')} action={create}>
              {t('noneHelp')}
            </EmptyState>
          )
        }
      />
      <NewCampaign opened={creating} onClose={() => setCreating(false)} />
    </Page>
  );
}

function useColumns(): DataColumn<CampaignItem>[] {
  const { t } = useTranslation('campaigns');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        width: 'minmax(18rem, 2fr)',
        cell: (row) => <Name row={row} />,
      },
      {
        id: 'status',
        header: t('column.status'),
        width: '8rem',
        cell: (row) => <StatusBadge status={row.status} />,
      },
      { id: 'mode', header: t('column.mode'), width: '7rem', cell: (row) => t(`words:mode.${row.mode}`) },
      {
        id: 'audience',
        header: t('column.audience'),
        width: '8rem',
        cell: (row) => t(`words:audience.${row.audience}`),
      },
      {
        id: 'priority',
        header: t('column.priority'),
        width: '5rem',
        align: 'right',
        cell: (row) => row.priority,
      },
      {
        id: 'waiting',
        header: t('column.waiting'),
        width: '7rem',
        align: 'right',
        cell: (row) => formatNumber(row.callable_now),
      },
      { id: 'finished', header: t('column.finished'), width: '9rem', cell: (row) => <Done row={row} /> },
      {
        id: 'opened_at',
        header: t('column.opened'),
        width: '10.5rem',
        cell: (row) => formatDateTime(row.opened_at),
      },
      {
        id: 'created_at',
        header: t('column.created'),
        width: '10.5rem',
        cell: (row) => formatDateTime(row.created_at),
        hidden: true,
      },
    ],
    [t],
  );
}

function Name({ row }: { row: CampaignItem }) {
  const { t } = useTranslation('campaigns');
  const restricted = row.territory && `${t('territory:restrictedTo')} ${row.territory}`;
  return (
    <Group gap="xs" wrap="nowrap">
      <Text inherit fw={600} truncate title={row.name}>
        {row.name}
      </Text>
      {restricted && (
        <Tag color="wrap_up" icon={<IconMapPin size={12} aria-hidden />} data-testid={`territory-${row.id}`}>
          <span title={restricted} className={classes.territory}>
            <span className="visually-hidden">{t('territory:restrictedTo')} </span>
            {row.territory}
          </span>
        </Tag>
      )}
      {row.filter_label && (
        <Tag color="wrap_up" icon={<IconFilter size={12} aria-hidden />} data-testid={`filter-${row.id}`}>
          <span
            title={`${t('steering:filter.restrictedTo')} ${row.filter_label}`}
            className={classes.territory}
          >
            <span className="visually-hidden">{t('steering:filter.restrictedTo')} </span>
            {row.filter_label}
          </span>
        </Tag>
      )}
    </Group>
  );
}

function Done({ row }: { row: CampaignItem }) {
  const { t } = useTranslation('campaigns');
  if (row.entries === 0)
    return (
      <Text size="xs" c="dimmed">
        {t('emptyQueue')}
      </Text>
    );
  const label = t('doneOf', { done: formatNumber(row.entries_finished), total: formatNumber(row.entries) });
  return (
    <div>
      <Text size="xs" className="tabular">
        {label}
      </Text>
      <Progress size={4} value={(100 * row.entries_finished) / row.entries} aria-label={label} />
    </div>
  );
}
