/** Accounts at mail servers, and an e-mail to try each. */
import { Button, Group, Text } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { Tag } from '@/components/Tag';
import { sendersQuery } from '@/lib/api/names';
import { useMe } from '@/lib/api/session';
import { ListSection, TableArea, useSection } from '../ListSection';
import { SenderDrawer } from './SenderDrawer';
import { TestMail } from './TestMail';
import type { Sender } from './types';

export function SendersSection() {
  const { t } = useTranslation('settings');
  const mayChange = useMe().permissions.includes('manage_settings');
  const senders = useQuery(sendersQuery);
  const [edited, setEdited] = useState<Sender | 'new' | null>(null);
  const [tested, setTested] = useState<Sender | null>(null);
  const columns = useColumns(mayChange ? setTested : null);
  const { title, help, add } = useSection('senders');
  return (
    <ListSection title={title} help={help} {...(mayChange ? { add, onAdd: () => setEdited('new') } : {})}>
      <TableArea>
        <DataTable
          id="senders"
          label={title}
          columns={columns}
          rows={senders.data?.items}
          rowId={(row) => String(row.id)}
          rowHeight={44}
          loading={senders.isPending}
          error={senders.error}
          onRetry={() => void senders.refetch()}
          onRowClick={mayChange ? setEdited : undefined}
          empty={<EmptyState title={t('senders.none')}>{t('senders.noneHelp')}</EmptyState>}
        />
      </TableArea>
      {!mayChange && (
        <Text size="sm" c="dimmed">
          {t('readOnly')}
        </Text>
      )}
      <SenderDrawer
        key={edited === null ? 'none' : edited === 'new' ? 'new' : edited.id}
        sender={edited}
        onClose={() => setEdited(null)}
      />
      <TestMail sender={tested} onClose={() => setTested(null)} />
    </ListSection>
  );
}

function useColumns(onTest: ((sender: Sender) => void) | null): DataColumn<Sender>[] {
  const { t } = useTranslation('settings');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('senders.name'),
        width: 'minmax(11rem, 1.2fr)',
        cell: (row) => (
          <Group gap="xs" wrap="nowrap">
            <span style={{ fontWeight: 600 }}>{row.name}</span>
            {row.is_default && <Tag color="talking">{t('senders.default')}</Tag>}
          </Group>
        ),
      },
      {
        id: 'from',
        header: t('senders.fromAddress'),
        width: 'minmax(13rem, 1.4fr)',
        cell: (row) => row.from_address,
      },
      {
        id: 'host',
        header: t('senders.server'),
        width: 'minmax(11rem, 1.2fr)',
        cell: (row) => `${row.host}:${row.port} · ${t(`senders.securities.${row.security}`)}`,
      },
      {
        id: 'state',
        header: t('senders.state'),
        width: '7.5rem',
        cell: (row) => (
          <Tag color={row.enabled ? 'ready' : 'offline'}>{t(row.enabled ? 'senders.on' : 'senders.off')}</Tag>
        ),
      },
      ...(onTest
        ? [
            {
              id: 'test',
              header: t('common:table.actions'),
              headerHidden: true,
              width: '11.5rem',
              align: 'right' as const,
              cell: (row: Sender) => (
                <Button
                  size="compact-sm"
                  variant="light"
                  leftSection={<IconSend size={14} aria-hidden />}
                  onClick={(event) => {
                    event.stopPropagation();
                    onTest(row);
                  }}
                  data-testid={`test-sender-${row.id}`}
                >
                  {t('senders.test')}
                </Button>
              ),
            },
          ]
        : []),
    ],
    [t, onTest],
  );
}
