/** A person asks for his data: by his number, an archive for him, kept for a week. */
import { Button, Group, Table, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { EmptyState } from '@/components/EmptyState';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Section } from '@/components/form/Section';
import { notifyError } from '@/components/notify';
import { Tag, type TagColor } from '@/components/Tag';
import { api, unwrap } from '@/lib/api/client';
import type { components } from '@/lib/api/schema';
import { formatNumber } from '@/lib/format/number';
import { formatSize } from '@/lib/format/size';
import { formatDateTime } from '@/lib/format/time';
import { fieldErrors } from '../FormDrawer';
import { accessRequestsQuery } from './queries';

type Asked = components['schemas']['AccessRequestOut'];

const COLORS: Record<Asked['status'], TagColor> = {
  queued: 'talking',
  done: 'ready',
  failed: 'fault',
  expired: 'pause',
};

export function AccessRequests() {
  const { t } = useTranslation('privacy');
  const { data, error, refetch } = useQuery(accessRequestsQuery);
  return (
    <Section title={t('access.title')} help={t('access.help')} stacked>
      <Ask />
      {error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <EmptyState title={t('access.none')}>{t('access.noneHelp')}</EmptyState>}
      {!!data?.length && (
        <Table aria-label={t('access.title')} data-testid="access-requests">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('access.at')}</Table.Th>
              <Table.Th>{t('access.by')}</Table.Th>
              <Table.Th>{t('access.status')}</Table.Th>
              <Table.Th ta="right">{t('access.records')}</Table.Th>
              <Table.Th ta="right">{t('access.size')}</Table.Th>
              <Table.Th>{t('access.until')}</Table.Th>
              <Table.Th>{t('common:table.actions')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((one) => (
              <Row key={one.id} asked={one} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}

function Ask() {
  const { t } = useTranslation('privacy');
  const client = useQueryClient();
  const [number, setNumber] = useState('');
  const ask = useMutation({
    mutationFn: () => unwrap(api.POST('/api/privacy/access-requests', { body: { number } })),
    onSuccess: () => {
      setNumber('');
      return client.invalidateQueries({ queryKey: ['privacy', 'access'] });
    },
    onError: (error) => {
      if (!fieldErrors(error)['number']) notifyError(error);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (number.trim()) ask.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Group align="start" mb="sm">
        <TextInput
          label={t('access.number')}
          description={t('access.numberHelp')}
          type="tel"
          w={420}
          maxLength={40}
          value={number}
          error={fieldErrors(ask.error)['number']}
          onChange={(event) => {
            ask.reset();
            setNumber(event.currentTarget.value);
          }}
          data-testid="access-number"
        />
        <Button
          type="submit"
          mt={46}
          loading={ask.isPending}
          disabled={!number.trim()}
          data-testid="ask-access"
        >
          {t('access.make')}
        </Button>
      </Group>
    </form>
  );
}

function Row({ asked }: { asked: Asked }) {
  const { t } = useTranslation('privacy');
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      unwrap(
        api.DELETE('/api/privacy/access-requests/{request_id}', {
          params: { path: { request_id: asked.id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['privacy', 'access'] }),
    onError: notifyError,
  });
  return (
    <Table.Tr>
      <Table.Td>{formatDateTime(asked.created_at)}</Table.Td>
      <Table.Td>{asked.created_by?.name}</Table.Td>
      <Table.Td>
        <Tag color={COLORS[asked.status]} data-testid="access-status" data-status={asked.status}>
          {t(`access.statuses.${asked.status}`)}
        </Tag>
      </Table.Td>
      <Table.Td ta="right">{formatNumber(asked.records)}</Table.Td>
      <Table.Td ta="right">{asked.status === 'done' ? formatSize(asked.size_bytes) : ''}</Table.Td>
      <Table.Td>{asked.expires_at ? formatDateTime(asked.expires_at) : ''}</Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          {asked.status === 'done' && (
            <Button
              size="xs"
              component="a"
              href={`/api/privacy/access-requests/${asked.id}/file`}
              download
              data-testid="download-access"
            >
              {t('access.download')}
            </Button>
          )}
          <ConfirmInline
            size="xs"
            confirmLabel={t('access.removeConfirm')}
            onConfirm={() => remove.mutate()}
            loading={remove.isPending}
          >
            {t('access.remove')}
          </ConfirmInline>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
