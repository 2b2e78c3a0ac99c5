/** Callbacks: late, to come, kept, cancelled; each can be moved, handed over or cancelled. */
import { ActionIcon, SegmentedControl, Text, Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ExportButton } from '@/components/export/ExportButton';
import { AgentPicker } from '@/components/pickers/AgentPicker';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import { Tag } from '@/components/Tag';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { given, toId } from '@/lib/api/given';
import { usePages } from '@/lib/api/pages';
import type { components } from '@/lib/api/schema';
import { contactName } from '@/lib/format/contact';
import { formatPhone } from '@/lib/format/phone';
import { formatDateTime } from '@/lib/format/time';
import { useUrlState } from '@/lib/url-state';
import { EditCallback } from './EditCallback';

export type Callback = components['schemas']['CallbackOut'];

const STATES = ['scheduled', 'late', 'done', 'cancelled'] as const;

export function CallbackList() {
  const { t } = useTranslation('callbacks');
  const client = useQueryClient();
  const [search, change] = useUrlState<'state' | 'campaign_id' | 'owner_id' | 'tab'>();
  const [edited, setEdited] = useState<Callback | null>(null);
  const state = STATES.find((code) => code === search.state) ?? 'scheduled';
  const query = given({ state, campaign_id: toId(search.campaign_id), owner_id: toId(search.owner_id) });
  const pages = usePages(['callbacks', query], (cursor) =>
    unwrap(
      api.GET('/api/callbacks', {
        params: { query: { ...query, limit: 100, ...(cursor ? { cursor } : {}) } },
      }),
    ),
  );
  const columns = useColumns(setEdited);
  return (
    <>
      <DataTable
        id="callbacks"
        label={t('tab.callbacks')}
        columns={columns}
        rowId={(row) => String(row.id)}
        tools={
          <>
            <SegmentedControl
              size="xs"
              value={state}
              aria-label={t('column.state')}
              onChange={(next) => change({ state: next === 'scheduled' ? undefined : next })}
              data={STATES.map((code) => ({ value: code, label: t(`list.${code}`) }))}
            />
            <CampaignPicker
              size="xs"
              w={220}
              value={search.campaign_id}
              onChange={(campaign_id) => change({ campaign_id })}
            />
            <AgentPicker
              size="xs"
              w={180}
              placeholder={t('anyOwner')}
              value={search.owner_id}
              onChange={(owner_id) => change({ owner_id })}
            />
            <ExportButton subject="callbacks" filters={query} />
          </>
        }
        empty={
          <EmptyState title={t(`none.${state}`)}>{state === 'scheduled' ? t('noneHelp') : null}</EmptyState>
        }
        {...pages}
      />
      <EditCallback
        callback={edited}
        onClose={() => setEdited(null)}
        onDone={() => {
          setEdited(null);
          void client.invalidateQueries({ queryKey: ['callbacks'] });
        }}
      />
    </>
  );
}

function useColumns(onEdit: (callback: Callback) => void): DataColumn<Callback>[] {
  const { t } = useTranslation('callbacks');
  return useMemo(
    () => [
      {
        id: 'due',
        header: t('column.due'),
        width: '10rem',
        cell: (row) => <span style={{ fontWeight: 600 }}>{formatDateTime(row.due_at)}</span>,
      },
      { id: 'state', header: t('column.state'), width: '7.5rem', cell: (row) => <State row={row} /> },
      {
        id: 'contact',
        header: t('column.contact'),
        width: 'minmax(10rem, 1.3fr)',
        cell: (row) => (
          <Link to="/contacts/$id" params={{ id: String(row.contact.id) }}>
            {contactName(row.contact)}
          </Link>
        ),
      },
      {
        id: 'phone',
        header: t('column.phone'),
        width: '8.5rem',
        cell: (row) => <span className="tabular">{formatPhone(row.contact.phone)}</span>,
      },
      {
        id: 'campaign',
        header: t('column.campaign'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => <span title={row.campaign.name}>{row.campaign.name}</span>,
      },
      {
        id: 'owner',
        header: t('column.owner'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) =>
          row.owner?.name ?? (
            <Text span size="sm" c="dimmed">
              {t('anybody')}
            </Text>
          ),
      },
      {
        id: 'note',
        header: t('column.note'),
        width: 'minmax(9rem, 1.4fr)',
        cell: (row) => <span title={row.note}>{row.note}</span>,
      },
      {
        id: 'origin',
        header: t('column.origin'),
        width: '10rem',
        hidden: true,
        cell: (row) => t(`origin.${row.origin}`, { defaultValue: row.origin }),
      },
      {
        id: 'made',
        header: t('column.made'),
        width: '10rem',
        hidden: true,
        cell: (row) => formatDateTime(row.created_at),
      },
      {
        id: 'actions',
        header: t('common:table.actions'),
        headerHidden: true,
        width: '3rem',
        cell: (row) =>
          row.state === 'scheduled' && (
            <Tooltip label={t('edit')}>
              <ActionIcon
                color="gray"
                aria-label={t('editOf', { name: contactName(row.contact) })}
                onClick={() => onEdit(row)}
              >
                <IconPencil size={16} />
              </ActionIcon>
            </Tooltip>
          ),
      },
    ],
    [t, onEdit],
  );
}

function State({ row }: { row: Callback }) {
  const { t } = useTranslation('callbacks');
  const code = row.state === 'scheduled' && row.late ? 'late' : row.state;
  const color = ({ scheduled: 'talking', late: 'fault', done: 'ready', cancelled: 'pause' } as const)[code];
  return <Tag color={color}>{t(`state.${code}`)}</Tag>;
}
