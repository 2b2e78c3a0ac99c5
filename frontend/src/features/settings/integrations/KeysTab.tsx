/** Keys of other programs: made, shown once, revoked. */
import { Button, Checkbox, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { EmptyState } from '@/components/EmptyState';
import { notifyDone, notifyError } from '@/components/notify';
import { Tag, type TagColor } from '@/components/Tag';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { formatDateTime } from '@/lib/format/time';
import { fieldErrors, FormDrawer } from '../FormDrawer';
import { TableArea } from '../ListSection';
import { NewSecret, type Once } from './NewSecret';
import { type ApiKey, keyOf, type Scope, SCOPES } from './types';

const COLORS: Record<ApiKey['state'], TagColor> = {
  active: 'ready',
  expired: 'offline',
  revoked: 'offline',
  owner_disabled: 'fault',
};
const DAY_MS = 86_400_000;
const LIVES = ['never', '30', '90', '365'] as const;

export function KeysTab() {
  const { t } = useTranslation('integrations');
  const client = useQueryClient();
  const keys = useQuery({
    queryKey: ['integrations', 'keys'],
    queryFn: () => unwrap(api.GET('/api/integrations/keys')),
  });
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState<Once | null>(null);
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['integrations', 'keys'] });
  const revoke = useMutation({
    mutationFn: (key: ApiKey) =>
      unwrap(api.POST('/api/integrations/keys/{key_id}/revoke', { params: { path: { key_id: key.id } } })),
    onSuccess: (key) => {
      refresh();
      notifyDone(t('key.revoked', { name: key.name }));
    },
    onError: notifyError,
  });
  const columns = useColumns(revoke.mutate);
  return (
    <>
      <TableArea>
        <DataTable
          id="api-keys"
          label={t('tab.keys')}
          columns={columns}
          rows={keys.data?.items}
          rowId={(row) => String(row.id)}
          rowHeight={44}
          loading={keys.isPending}
          error={keys.error}
          onRetry={() => void keys.refetch()}
          empty={<EmptyState title={t('key.none')}>{t('key.noneHelp')}</EmptyState>}
          tools={
            <Button
              size="xs"
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => setAdding(true)}
              data-testid="add-key"
            >
              {t('key.add')}
            </Button>
          }
        />
      </TableArea>
      {adding && (
        <KeyDrawer
          onClose={() => setAdding(false)}
          onMade={(name, text) => {
            refresh();
            setAdding(false);
            setShown({ title: t('key.shownTitle', { name }), help: t('key.shownHelp'), text });
          }}
        />
      )}
      <NewSecret shown={shown} onClose={() => setShown(null)} />
    </>
  );
}

function KeyDrawer({
  onClose,
  onMade,
}: {
  onClose: () => void;
  onMade: (name: string, text: string) => void;
}) {
  const { t } = useTranslation('integrations');
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Scope[]>([]);
  const [life, setLife] = useState<string>('never');
  const [rate, setRate] = useState<number>(600);
  const make = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/integrations/keys', {
          body: {
            name,
            scopes,
            requests_per_minute: rate,
            ...(life === 'never'
              ? {}
              : { expires_at: new Date(Date.now() + Number(life) * DAY_MS).toISOString() }),
          },
        }),
      ),
    onSuccess: ({ key, text }) => onMade(key.name, text),
  });
  return (
    <FormDrawer
      opened
      title={t('key.add')}
      onClose={onClose}
      onSubmit={() => make.mutate()}
      busy={make.isPending}
      error={make.error}
      disabled={!name.trim() || scopes.length === 0}
    >
      <TextInput
        label={t('key.name')}
        description={t('key.nameHelp')}
        required
        maxLength={80}
        data-autofocus
        value={name}
        error={fieldErrors(make.error)['name']}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox.Group
        label={t('key.scopes')}
        description={t('key.scopesHelp')}
        value={scopes}
        onChange={(chosen) => setScopes(chosen as Scope[])}
      >
        <Stack gap={6} mt={6}>
          {SCOPES.map((scope) => (
            <Checkbox key={scope} value={scope} label={t(`scope.${keyOf(scope)}`)} description={scope} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Select
        label={t('key.life')}
        data={LIVES.map((one) => ({ value: one, label: t(`key.lives.${one}`) }))}
        value={life}
        allowDeselect={false}
        onChange={(value) => setLife(value ?? 'never')}
      />
      <NumberInput
        label={t('key.rate')}
        description={t('key.rateHelp')}
        w={220}
        min={1}
        max={6000}
        value={rate}
        onChange={(value) => value !== '' && setRate(Number(value))}
      />
      <Text size="xs" c="dimmed">
        {t('key.actsFor')}
      </Text>
    </FormDrawer>
  );
}

function useColumns(onRevoke: (key: ApiKey) => void): DataColumn<ApiKey>[] {
  const { t } = useTranslation('integrations');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('key.name'),
        width: 'minmax(8rem, 1.5fr)',
        cell: (row) => <span style={{ fontWeight: 600 }}>{row.name}</span>,
      },
      { id: 'prefix', header: t('key.prefix'), width: '9.5rem', cell: (row) => <code>{row.prefix}…</code> },
      {
        id: 'scopes',
        header: t('key.scopes'),
        width: 'minmax(6rem, 1.5fr)',
        cell: (row) => <span title={row.scopes.join(', ')}>{row.scopes.join(', ')}</span>,
      },
      {
        id: 'state',
        header: t('key.state'),
        width: '7.5rem',
        cell: (row) => <Tag color={COLORS[row.state]}>{t(`key.is.${row.state}`)}</Tag>,
      },
      {
        id: 'last_used',
        header: t('key.lastUsed'),
        width: '11rem',
        cell: (row) => (row.last_used_at ? formatDateTime(row.last_used_at) : t('key.neverUsed')),
      },
      {
        id: 'expires',
        header: t('key.expires'),
        width: '9rem',
        hidden: true,
        cell: (row) => (row.expires_at ? formatDateTime(row.expires_at) : '—'),
      },
      {
        id: 'by',
        header: t('key.by'),
        width: 'minmax(8rem, 1fr)',
        hidden: true,
        cell: (row) => row.created_by,
      },
      {
        id: 'revoke',
        header: t('common:table.actions'),
        headerHidden: true,
        width: '9.5rem',
        align: 'right',
        cell: (row) =>
          row.revoked_at === null && (
            <Group justify="end" wrap="nowrap">
              <ConfirmInline
                size="compact-sm"
                color="red"
                variant="subtle"
                confirmLabel={t('key.revokeConfirm')}
                onConfirm={() => onRevoke(row)}
                data-testid={`revoke-${row.id}`}
              >
                {t('key.revoke')}
              </ConfirmInline>
            </Group>
          ),
      },
    ],
    [t, onRevoke],
  );
}
