/** SIP accounts at carriers, with their registration live, and a call to try each. */
import { Button, Text } from '@mantine/core';
import { IconPhoneOutgoing } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { useFloor, useOpenSocket } from '@/lib/floor/hooks';
import { superviseSocket } from '@/lib/floor/supervise';
import type { TrunkRow } from '@/lib/floor/types';
import { trunksQuery } from '@/lib/api/names';
import { useMe } from '@/lib/api/session';
import { ListSection, TableArea, useSection } from '../ListSection';
import { Registration } from './Registration';
import { TestCall } from './TestCall';
import { TrunkDrawer } from './TrunkDrawer';
import type { Trunk } from './types';

export function TrunksSection() {
  const { t } = useTranslation('settings');
  useOpenSocket(superviseSocket);
  const live = useFloor(superviseSocket, (view) => view.state?.trunks);
  const mayChange = useMe().permissions.includes('manage_trunks');
  const trunks = useQuery(trunksQuery);
  const [edited, setEdited] = useState<Trunk | 'new' | null>(null);
  const [tested, setTested] = useState<Trunk | null>(null);
  const columns = useColumns(live, setTested);
  const { title, help, add } = useSection('trunks');
  return (
    <ListSection title={title} help={help} {...(mayChange ? { add, onAdd: () => setEdited('new') } : {})}>
      <TableArea>
        <DataTable
          id="trunks"
          label={title}
          columns={columns}
          rows={trunks.data?.items}
          rowId={(row) => String(row.id)}
          rowHeight={44}
          loading={trunks.isPending}
          error={trunks.error}
          onRetry={() => void trunks.refetch()}
          onRowClick={mayChange ? setEdited : undefined}
          empty={<EmptyState title={t('trunks.none')}>{t('trunks.noneHelp')}</EmptyState>}
        />
      </TableArea>
      {!mayChange && (
        <Text size="sm" c="dimmed">
          {t('readOnly')}
        </Text>
      )}
      <TrunkDrawer
        key={edited === null ? 'none' : edited === 'new' ? 'new' : edited.id}
        trunk={edited}
        onClose={() => setEdited(null)}
      />
      <TestCall trunk={tested} onClose={() => setTested(null)} />
    </ListSection>
  );
}

function useColumns(live: TrunkRow[] | undefined, onTest: (trunk: Trunk) => void): DataColumn<Trunk>[] {
  const { t } = useTranslation('settings');
  return useMemo(() => {
    const now = (row: Trunk): TrunkRow | undefined => live?.find(({ id }) => id === row.id);
    return [
      {
        id: 'priority',
        header: t('trunks.priority'),
        width: '5rem',
        align: 'right',
        cell: (row) => row.priority,
      },
      {
        id: 'name',
        header: t('trunks.name'),
        width: 'minmax(10rem, 1.3fr)',
        cell: (row) => <span style={{ fontWeight: 600 }}>{row.name}</span>,
      },
      {
        id: 'registration',
        header: t('trunks.registration'),
        width: 'minmax(11rem, 1fr)',
        cell: (row) => <Registration trunk={row} code={now(row)?.registration} />,
      },
      {
        id: 'host',
        header: t('trunks.host'),
        width: 'minmax(11rem, 1.2fr)',
        cell: (row) => `${row.host}:${row.port} ${row.transport.toUpperCase()}`,
      },
      {
        id: 'username',
        header: t('trunks.username'),
        width: 'minmax(7rem, 1fr)',
        cell: (row) => row.username,
      },
      {
        id: 'calls',
        header: t('trunks.calls'),
        width: '6.5rem',
        align: 'right',
        cell: (row) => t('trunks.callsOf', { calls: now(row)?.calls ?? 0, limit: row.channel_limit }),
      },
      {
        id: 'cps',
        header: t('trunks.cps'),
        width: '6rem',
        align: 'right',
        hidden: true,
        cell: (row) => row.cps_limit,
      },
      {
        id: 'test',
        header: t('common:table.actions'),
        headerHidden: true,
        width: '9.5rem',
        align: 'right',
        cell: (row) => (
          <Button
            size="compact-sm"
            variant="light"
            disabled={!row.enabled}
            leftSection={<IconPhoneOutgoing size={14} aria-hidden />}
            onClick={(event) => {
              event.stopPropagation();
              onTest(row);
            }}
            data-testid={`test-trunk-${row.id}`}
          >
            {t('trunks.test')}
          </Button>
        ),
      },
    ];
  }, [t, live, onTest]);
}
