/** Agents, live. Sorting and filters are this page's own (the whole floor is known), and are kept in the URL. */
import { Group, Select, Text } from '@mantine/core';
import { IconDeviceMobile, IconHeadset, IconPhone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { SearchInput } from '@/components/pickers/SearchInput';
import { StateBadge } from '@/components/StateBadge';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { pauseReasonsQuery } from '@/lib/api/names';
import type { AgentRow } from '@/lib/floor/types';
import { formatPhone } from '@/lib/format/phone';
import { formatClock } from '@/lib/format/time';
import { useTextFilter } from '@/lib/text-filter';
import { useUrlState } from '@/lib/url-state';
import { AgentActions } from './AgentActions';
import { arrange } from './arrange';
import classes from './Floor.module.css';
import type { MonitoringControl } from './useMonitoring';

interface AgentsTableProps {
  agents: AgentRow[];
  campaignNames: Map<number, string>;
  clockOffsetMs: number;
  monitoring: MonitoringControl;
}

const STATES = ['ready', 'preview', 'dialing', 'ringing', 'talking', 'hold', 'wrap_up', 'paused'] as const;

export function AgentsTable({ agents, campaignNames, clockOffsetMs, monitoring }: AgentsTableProps) {
  const { t } = useTranslation('floor');
  const [search, change] = useUrlState<'state' | 'campaign' | 'sort'>();
  const [q, setQ] = useTextFilter('floor');
  const rows = useMemo(() => arrange(agents, { ...search, q }), [agents, search, q]);
  const columns = useColumns(campaignNames, clockOffsetMs, monitoring);
  const filtered = Boolean(q ?? search.state ?? search.campaign);
  return (
    <DataTable
      id="floor-agents"
      label={t('agents')}
      columns={columns}
      rows={rows}
      rowId={(row) => String(row.session_id)}
      rowHeight={46}
      live
      sort={search.sort ?? 'name'}
      onSort={(sort) => change({ sort })}
      tools={
        <>
          <SearchInput
            size="xs"
            w={180}
            value={q}
            onChange={setQ}
            aria-label={t('searchAgent')}
            placeholder={t('searchAgent')}
          />
          <Select
            size="xs"
            w={150}
            clearable
            placeholder={t('anyState')}
            aria-label={t('column.state')}
            data={STATES.map((state) => ({ value: state, label: t(`common:state.${state}`) }))}
            value={search.state ?? null}
            onChange={(state) => change({ state: state ?? undefined })}
          />
          <Select
            size="xs"
            w={190}
            clearable
            searchable
            placeholder={t('forms:anyCampaign')}
            aria-label={t('column.campaign')}
            data={[...campaignNames].map(([id, name]) => ({ value: String(id), label: name }))}
            value={search.campaign ?? null}
            onChange={(campaign) => change({ campaign: campaign ?? undefined })}
          />
        </>
      }
      empty={
        filtered ? (
          <Text c="dimmed">{t('common:table.emptyFiltered')}</Text>
        ) : (
          <EmptyState title={t('noAgent')}>{t('noAgentHelp')}</EmptyState>
        )
      }
    />
  );
}

function useColumns(
  campaignNames: Map<number, string>,
  clockOffsetMs: number,
  monitoring: MonitoringControl,
): DataColumn<AgentRow>[] {
  const { t } = useTranslation('floor');
  const { data: reasons } = useQuery(pauseReasonsQuery);
  return useMemo(() => {
    const reason = (id: number | null): string | undefined =>
      reasons?.items.find((one) => one.id === id)?.label;
    const figure = (id: string, value: (row: AgentRow) => string | number): DataColumn<AgentRow> => ({
      id,
      header: t(`column.${id}`),
      sort: id,
      align: 'right',
      width: '4.65rem',
      cell: (row) => value(row),
    });
    return [
      {
        id: 'name',
        header: t('column.agent'),
        sort: 'name',
        width: 'minmax(9rem, 1.3fr)',
        cell: (row) => <AgentName row={row} campaign={campaignNames.get(row.campaign_id ?? 0)} />,
      },
      {
        id: 'state',
        header: t('column.state'),
        sort: 'since',
        width: '12.25rem',
        cell: (row) => (
          <StateBadge
            state={row.leg === 'lost' || row.leg === 'failed' ? 'fault' : row.state}
            since={row.since}
            clockOffsetMs={clockOffsetMs}
            label={row.state === 'paused' ? reason(row.pause_reason_id) : undefined}
          />
        ),
      },
      {
        id: 'campaign',
        header: t('column.campaign'),
        width: 'minmax(7rem, 1fr)',
        hidden: true,
        cell: (row) => (
          <span title={campaignNames.get(row.campaign_id ?? 0)}>
            {campaignNames.get(row.campaign_id ?? 0)}
          </span>
        ),
      },
      {
        id: 'callee',
        header: t('column.callee'),
        width: 'minmax(8rem, 1.1fr)',
        cell: (row) => <Callee row={row} />,
      },
      { ...figure('calls', (row) => row.figures.calls ?? 0), width: '4rem' },
      figure('reached', (row) => row.figures.reached ?? 0),
      figure('pitched', (row) => row.figures.pitched ?? 0),
      figure('positive', (row) => row.figures.positive ?? 0),
      { ...figure('talk', (row) => formatClock(row.figures.talk_s ?? 0)), width: '5rem', hidden: true },
      { ...figure('pause', (row) => formatClock(row.figures.pause_s ?? 0)), width: '5rem', hidden: true },
      {
        ...figure('signed_in', (row) => formatClock(row.figures.signed_in_s ?? 0)),
        width: '5rem',
        hidden: true,
      },
      {
        id: 'actions',
        header: t('column.actions'),
        width: '8.75rem',
        align: 'right',
        cell: (row) => <AgentActions row={row} reasons={reasons?.items ?? []} monitoring={monitoring} />,
      },
    ];
  }, [t, campaignNames, clockOffsetMs, monitoring, reasons]);
}

const DEVICES = { browser: IconHeadset, sip: IconPhone, number: IconDeviceMobile };

function AgentName({ row, campaign }: { row: AgentRow; campaign: string | undefined }) {
  const { t } = useTranslation('floor');
  const Device = DEVICES[row.device];
  const below =
    row.leg !== 'up'
      ? t(`leg.${row.leg}`)
      : row.monitored_by
        ? t('monitoredBy', { name: row.monitored_by })
        : campaign;
  return (
    <Group gap={6} wrap="nowrap">
      <Device size={15} aria-label={t(`device.${row.device}`)} style={{ flex: 'none' }} />
      <div className={classes.two}>
        <span title={row.name} style={{ fontWeight: 600 }}>
          {row.name}
        </span>
        <span className={classes.dim} title={below}>
          {below}
        </span>
      </div>
    </Group>
  );
}

function Callee({ row }: { row: AgentRow }) {
  if (!row.callee && !row.e164) return null;
  const name = row.callee || formatPhone(row.e164);
  return (
    <div className={classes.two}>
      {row.contact_id ? (
        <Link to="/contacts/$id" params={{ id: String(row.contact_id) }} title={name}>
          {name}
        </Link>
      ) : (
        <span title={name}>{name}</span>
      )}
      {row.e164 && name !== formatPhone(row.e164) && (
        <span className={`${classes.dim} tabular`}>{formatPhone(row.e164)}</span>
      )}
    </div>
  );
}
