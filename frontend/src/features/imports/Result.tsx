/** What a batch brought, row by row counted, and the way to take it back. */
import { Alert, Anchor, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format/number';
import { formatDateTime } from '@/lib/format/time';
import { importQuery } from './queries';
import { RefusedRows } from './RefusedRows';
import classes from './Imports.module.css';
import { RollBack } from './RollBack';
import type { ImportDetail } from './types';

const COUNTS = [
  'new',
  'updated',
  'duplicate',
  'refused',
  'empty',
  'do_not_call',
  'queued',
  'dropped_numbers',
] as const;
const UNDONE = ['removed', 'restored', 'dequeued', 'kept_called', 'kept_worked', 'kept_changed'] as const;

export function Result({ batch }: { batch: ImportDetail }) {
  const { t } = useTranslation('imports');
  const client = useQueryClient();
  const refresh = (): void => {
    void client.invalidateQueries({ queryKey: ['imports'] });
    void client.invalidateQueries({ queryKey: importQuery(batch.id).queryKey });
  };
  const left = batch.counts.refused + batch.counts.do_not_call;
  const rolledBack = batch.status === 'rolled_back';
  return (
    <Stack gap="lg" maw={1100}>
      {batch.error && (
        <Alert color="red" title={t('failed')}>
          {batch.error.message}
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {t('resultLine', {
          file: batch.file_name,
          rows: formatNumber(batch.rows_total),
          when: formatDateTime(batch.started_at ?? batch.created_at),
          by: batch.created_by?.name ?? '–',
        })}{' '}
        {batch.campaign && (
          <Anchor
            component={Link}
            to="/campaigns/$id/$section"
            params={{ id: String(batch.campaign.id), section: 'queue' } as never}
            size="sm"
            underline="always"
          >
            {batch.campaign.name}
          </Anchor>
        )}
      </Text>
      <SimpleGrid cols={{ base: 4, lg: 8 }} spacing="sm">
        {COUNTS.map((key) => (
          <Paper key={key} p="sm" title={t(`countHelp.${key}`)} data-testid={`count-${key}`}>
            <div className={classes.count} data-zero={batch.counts[key] === 0 || undefined}>
              {formatNumber(batch.counts[key])}
            </div>
            <Text size="xs" c="dimmed">
              {t(`count.${key}`)}
            </Text>
          </Paper>
        ))}
      </SimpleGrid>
      {batch.roll_back && (
        <Paper p="md">
          <Title order={2} size="h3" mb="xs">
            {t('rolledBackTitle')}
          </Title>
          <ul className={classes.list}>
            {UNDONE.filter((key) => batch.roll_back?.[key]).map((key) => (
              <li key={key}>{t(`undone.${key}`, { count: batch.roll_back?.[key] ?? 0 })}</li>
            ))}
          </ul>
        </Paper>
      )}
      <Group>
        {!rolledBack && batch.counts.new + batch.counts.updated > 0 && (
          <Button component={Link} to="/contacts" search={{ batch_id: batch.id } as never} variant="default">
            {t('seeContacts')}
          </Button>
        )}
        {left > 0 && (
          <Button
            component="a"
            href={`/api/imports/${batch.id}/refused.csv`}
            download
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            data-testid="download-refused"
          >
            {t('downloadRefused')}
          </Button>
        )}
        {batch.can_roll_back && <RollBack batch={batch} onDone={refresh} />}
      </Group>
      {left > 0 && <RefusedRows batch={batch} />}
    </Stack>
  );
}
