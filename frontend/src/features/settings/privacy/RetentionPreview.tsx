/** What is past its time now, kind by kind, and the button that does not wait for the night. */
import { Anchor, Group, Loader, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Section } from '@/components/form/Section';
import { notifyError } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import type { components } from '@/lib/api/schema';
import { formatNumber } from '@/lib/format/number';
import { formatDate } from '@/lib/format/time';
import { retentionQuery } from './queries';

type Due = components['schemas']['RetentionDue'];

export function RetentionPreview() {
  const { t } = useTranslation('privacy');
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(retentionQuery);
  const run = useMutation({
    mutationFn: () => unwrap(api.POST('/api/privacy/retention/run')),
    onSuccess: () => client.invalidateQueries({ queryKey: ['privacy'] }),
    onError: notifyError,
  });
  const total = data?.kinds.reduce((sum, one) => sum + one.count, 0) ?? 0;
  return (
    <Section title={t('retention.title')} help={t('retention.help')} stacked>
      {error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <Table aria-label={t('retention.title')} data-testid="retention">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('retention.kind')}</Table.Th>
                <Table.Th>{t('retention.kept')}</Table.Th>
                <Table.Th ta="right">{t('retention.due')}</Table.Th>
                <Table.Th>{t('retention.oldest')}</Table.Th>
                <Table.Th>{t('retention.first')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.kinds.map((one) => (
                <Row key={one.kind} due={one} />
              ))}
            </Table.Tbody>
          </Table>
          <Group justify="space-between" mt="sm">
            <Text size="sm" c="dimmed" role="status">
              {data.running ? t('retention.running') : t('retention.total', { count: total })}
            </Text>
            {data.running ? (
              <Loader size="sm" aria-hidden />
            ) : (
              <ConfirmInline
                confirmLabel={t('retention.confirm', { count: total })}
                onConfirm={() => run.mutate()}
                disabled={total === 0}
                data-testid="run-retention"
              >
                {t('retention.run')}
              </ConfirmInline>
            )}
          </Group>
        </>
      )}
    </Section>
  );
}

function Row({ due }: { due: Due }) {
  const { t } = useTranslation('privacy');
  const named = due.first.filter((one) => one.contact_id !== null && one.contact_id !== undefined);
  return (
    <Table.Tr>
      <Table.Td>{t(`kind.${due.kind}`)}</Table.Td>
      <Table.Td title={due.source}>
        {due.kind === 'evidence'
          ? t('retention.withProof')
          : due.kept_days
            ? t('retention.days', { count: due.kept_days })
            : due.months % 12
              ? t('retention.months', { count: due.months })
              : t('retention.years', { count: due.months / 12 })}
      </Table.Td>
      <Table.Td ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {formatNumber(due.count)}
      </Table.Td>
      <Table.Td>{due.oldest ? formatDate(due.oldest) : ''}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        {named.map((one, index) => (
          <span key={`${one.contact_id}-${index}`}>
            {index > 0 && ', '}
            <Anchor
              size="sm"
              component={Link}
              to={`/contacts/${one.contact_id}`}
              c="inherit"
              underline="always"
            >
              {one.name}
            </Anchor>
          </span>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}
