/** What went, by kind and by night. */
import { Button, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Section } from '@/components/form/Section';
import { formatNumber } from '@/lib/format/number';
import { formatDateTime } from '@/lib/format/time';
import type { useRetentionRuns } from './queries';

export function RetentionLog({ runs: pages }: { runs: ReturnType<typeof useRetentionRuns> }) {
  const { t } = useTranslation('privacy');
  return (
    <Section title={t('log.title')} help={t('log.help')} stacked>
      {pages.error ? <ErrorMessage error={pages.error} onRetry={pages.onRetry} /> : null}
      {pages.rows?.length === 0 && <EmptyState title={t('log.none')}>{t('log.noneHelp')}</EmptyState>}
      {!!pages.rows?.length && (
        <Table aria-label={t('log.title')} data-testid="retention-log">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('log.at')}</Table.Th>
              <Table.Th>{t('retention.kind')}</Table.Th>
              <Table.Th>{t('log.before')}</Table.Th>
              <Table.Th>{t('log.rule')}</Table.Th>
              <Table.Th>{t('log.by')}</Table.Th>
              <Table.Th ta="right">{t('log.removed')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {pages.rows.map((one) => (
              <Table.Tr key={one.id}>
                <Table.Td>{formatDateTime(one.asked_at)}</Table.Td>
                {one.nothing ? (
                  <Table.Td colSpan={3} c="dimmed">
                    {t('log.nothing')}
                  </Table.Td>
                ) : (
                  <>
                    <Table.Td>{t(`kind.${one.kind}`)}</Table.Td>
                    <Table.Td>{formatDateTime(one.before)}</Table.Td>
                    <Table.Td title={one.row}>{one.source || one.row}</Table.Td>
                  </>
                )}
                <Table.Td>{one.asked_by?.name ?? t('log.night')}</Table.Td>
                <Table.Td ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
                  {one.finished_at ? formatNumber(one.removed) : t('log.underWay')}
                  {one.held > 0 && (
                    <Text size="xs" c="dimmed">
                      {t('log.held', { count: one.held })}
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {pages.hasMore && (
        <Button variant="default" mt="sm" onClick={pages.onMore} loading={pages.loading}>
          {t('log.more')}
        </Button>
      )}
    </Section>
  );
}
