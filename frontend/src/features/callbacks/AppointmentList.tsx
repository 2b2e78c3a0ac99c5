/** Appointments, in the order of their time; one can be cancelled and taken back. */
import { Anchor, Button, Checkbox, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ExportButton } from '@/components/export/ExportButton';
import { notifyError } from '@/components/notify';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import { PeriodPicker } from '@/components/pickers/PeriodPicker';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { given, toId } from '@/lib/api/given';
import { usePages } from '@/lib/api/pages';
import type { components } from '@/lib/api/schema';
import { contactName } from '@/lib/format/contact';
import { addDays, startOfDay, today } from '@/lib/format/day';
import { formatDateTime } from '@/lib/format/time';
import { useUrlState } from '@/lib/url-state';

type Appointment = components['schemas']['AppointmentOut'];

export function AppointmentList() {
  const { t } = useTranslation('callbacks');
  const client = useQueryClient();
  const [search, change] = useUrlState<'from' | 'to' | 'campaign_id' | 'all' | 'tab'>();
  const custom = Boolean(search.from ?? search.to);
  const query = given({
    starts_from: startOfDay(search.from ?? today()),
    starts_to: search.to && startOfDay(addDays(search.to, 1)),
    campaign_id: toId(search.campaign_id),
    with_cancelled: search.all === '1' ? true : undefined,
  });
  const pages = usePages(['appointments', query], (cursor) =>
    unwrap(
      api.GET('/api/appointments', {
        params: { query: { ...query, limit: 100, ...(cursor ? { cursor } : {}) } },
      }),
    ),
  );
  const toggle = useMutation({
    mutationFn: ({ id, cancelled }: { id: number; cancelled: boolean }) =>
      unwrap(
        api.PATCH('/api/appointments/{appointment_id}', {
          params: { path: { appointment_id: id } },
          body: { cancelled },
        }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['appointments'] }),
    onError: notifyError,
  });
  const { mutate } = toggle;
  const columns = useColumns(mutate);
  return (
    <DataTable
      id="appointments"
      label={t('tab.appointments')}
      columns={columns}
      rowId={(row) => String(row.id)}
      tools={
        <>
          <PeriodPicker
            optional
            value={{ from: search.from, to: search.to }}
            onChange={({ from, to }) => change({ from, to })}
          />
          {!custom && (
            <Text size="xs" c="dimmed">
              {t('fromToday')}
            </Text>
          )}
          <CampaignPicker
            size="xs"
            w={220}
            value={search.campaign_id}
            onChange={(campaign_id) => change({ campaign_id })}
          />
          <Checkbox
            size="xs"
            label={t('withCancelled')}
            checked={search.all === '1'}
            onChange={(event) => change({ all: event.currentTarget.checked ? '1' : undefined })}
          />
          <ExportButton subject="appointments" filters={query} />
        </>
      }
      empty={<EmptyState title={t('noAppointment')}>{t('noAppointmentHelp')}</EmptyState>}
      {...pages}
    />
  );
}

function useColumns(toggle: (change: { id: number; cancelled: boolean }) => void): DataColumn<Appointment>[] {
  const { t } = useTranslation('callbacks');
  return useMemo(
    () => [
      {
        id: 'starts',
        header: t('column.starts'),
        width: '10rem',
        cell: (row) => (
          <span style={{ fontWeight: 600, textDecoration: row.cancelled_at ? 'line-through' : undefined }}>
            {formatDateTime(row.starts_at)}
          </span>
        ),
      },
      {
        id: 'duration',
        header: t('column.duration'),
        width: '5.5rem',
        align: 'right',
        cell: (row) => t('minutes', { count: row.duration_min }),
      },
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
      { id: 'city', header: t('column.city'), width: 'minmax(7rem, 0.8fr)', cell: (row) => row.contact.city },
      {
        id: 'place',
        header: t('column.place'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => <span title={row.place}>{row.place}</span>,
      },
      {
        id: 'campaign',
        header: t('column.campaign'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => row.campaign?.name,
      },
      {
        id: 'by',
        header: t('column.by'),
        hidden: true,
        width: 'minmax(7rem, 0.8fr)',
        cell: (row) => row.created_by?.name,
      },
      {
        id: 'note',
        header: t('column.note'),
        width: 'minmax(9rem, 1.3fr)',
        cell: (row) => <span title={row.note}>{row.note}</span>,
      },
      {
        id: 'call',
        header: t('column.call'),
        width: '5rem',
        cell: (row) =>
          row.call_id && (
            <Anchor component={Link} to="/calls/$id" params={{ id: row.call_id } as never} size="sm">
              {t('seeCall')}
            </Anchor>
          ),
      },
      {
        id: 'actions',
        header: t('common:table.actions'),
        headerHidden: true,
        width: '7.5rem',
        align: 'right',
        cell: (row) => (
          <Button
            size="compact-xs"
            variant="subtle"
            color={row.cancelled_at ? 'ink' : 'red'}
            onClick={() => toggle({ id: row.id, cancelled: !row.cancelled_at })}
          >
            {row.cancelled_at ? t('restore') : t('common:actions.cancel')}
          </Button>
        ),
      },
    ],
    [t, toggle],
  );
}
