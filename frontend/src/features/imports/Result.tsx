/** What a batch brought, row by row counted, and the way to take it back. */
import { Alert, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Below } from '@/components/Below';
import { formatNumber } from '@/lib/format/number';
import { formatDateTime } from '@/lib/format/time';
import { CallableNow } from './CallableNow';
import { CampaignsFed } from './CampaignsFed';
import { ConsentsFound } from './ConsentsFound';
import { campaignsFedQuery, importQuery } from './queries';
import { RefusedRows } from './RefusedRows';
import classes from './Imports.module.css';
import { RollBack } from './RollBack';
import { RollForward } from './RollForward';
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
/** Seldom, and shown only then. */
const ODD_COUNTS = ['known_queued', 'dropped_sirets'] as const;
const UNDONE = [
  'removed',
  'restored',
  'dequeued',
  'proofs',
  'kept_called',
  'kept_worked',
  'kept_changed',
] as const;
/** Fields of a wide file that are named, before the rest is counted. */
const NAMED = 20;
const FIELDS = ['fields_removed', 'fields_kept'] as const;

export function Result({ batch }: { batch: ImportDetail }) {
  const { t } = useTranslation('imports');
  const client = useQueryClient();
  const refresh = (): void => {
    void client.invalidateQueries({ queryKey: ['imports'] });
    void client.invalidateQueries({ queryKey: importQuery(batch.id).queryKey });
  };
  const told = (names: string[]): string =>
    names.length > NAMED
      ? t('undone.others', { names: names.slice(0, NAMED).join(', '), count: names.length - NAMED })
      : names.join(', ');
  const rolledBack = batch.status === 'rolled_back';
  const stopped = batch.status === 'cancelled' || batch.status === 'failed';
  const feeds = !batch.error && !stopped;
  const fed = useQuery({ ...campaignsFedQuery(batch.id), enabled: feeds });
  const undone = batch.roll_back;
  const keptNew = undone
    ? undone.kept_called + undone.kept_worked + undone.kept_changed > 0 && batch.counts.new > undone.removed
    : batch.counts.new > 0;
  return (
    <Stack gap="lg" maw={1100}>
      {batch.error && (
        <Alert color="red" title={t('failed')}>
          {batch.error.message}
        </Alert>
      )}
      {batch.status === 'cancelled' && (
        <Alert color="yellow" title={t('cancelled.title')} data-testid="import-cancelled">
          {t('cancelled.text')}
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {t(stopped ? 'stoppedLine' : 'resultLine', {
          file: batch.file_name,
          count: batch.rows_total,
          when: formatDateTime(batch.started_at ?? batch.created_at),
          by: batch.created_by?.name ?? '–',
        })}
      </Text>
      {!stopped && <Counts counts={batch.counts} />}
      {batch.consents && !rolledBack && <ConsentsFound consents={batch.consents} />}
      {batch.outlook && !rolledBack && <CallableNow outlook={batch.outlook} />}
      {batch.roll_back && (
        <Paper p="md">
          <Title order={2} size="h3" mb="xs">
            {t('rolledBackTitle')}
          </Title>
          <ul className={classes.list}>
            {UNDONE.filter((key) => batch.roll_back?.[key]).map((key) => (
              <li key={key}>{t(`undone.${key}`, { count: batch.roll_back?.[key] ?? 0 })}</li>
            ))}
            {FIELDS.filter((key) => batch.roll_back?.[key].length).map((key) => (
              <li key={key}>{t(`undone.${key}`, { names: told(batch.roll_back?.[key] ?? []) })}</li>
            ))}
          </ul>
          {!batch.can_roll_forward && (
            <Text size="sm" c="dimmed" mt="xs">
              {t('rollForward.fileGone')}
            </Text>
          )}
        </Paper>
      )}
      <Group>
        {keptNew && (
          <Button component={Link} to="/contacts" search={{ batch_id: batch.id } as never} variant="default">
            {t(undone ? 'seeKept' : 'seeContacts')}
          </Button>
        )}
        {batch.can_roll_back && <RollBack batch={batch} onDone={refresh} />}
        {batch.can_roll_forward && <RollForward batch={batch} onDone={refresh} />}
      </Group>
      {feeds && <CampaignsFed batchId={batch.id} />}
      {batch.reasons.length > 0 && (
        <Below waits={feeds && fed.isPending}>
          <Reasons batch={batch} />
          <RefusedRows batch={batch} />
        </Below>
      )}
    </Stack>
  );
}

function Counts({ counts }: { counts: ImportDetail['counts'] }) {
  const { t } = useTranslation('imports');
  return (
    <SimpleGrid cols={{ base: 4, lg: 8 }} spacing="sm">
      {[...COUNTS, ...ODD_COUNTS.filter((key) => counts[key] > 0)].map((key) => (
        <Paper key={key} p="sm" title={t(`countHelp.${key}`)} data-testid={`count-${key}`}>
          <div className={classes.count} data-zero={counts[key] === 0 || undefined}>
            {formatNumber(counts[key])}
          </div>
          <Text size="xs" c="dimmed">
            {t(`count.${key}`)}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}

/** Why rows and numbers were left out, the most frequent first. */
function Reasons({ batch }: { batch: ImportDetail }) {
  const { t } = useTranslation('imports');
  return (
    <Paper p="md" data-testid="reason-counts">
      <Title order={2} size="h3" mb="xs">
        {t('reasons.title')}
      </Title>
      <ul className={classes.list}>
        {batch.reasons.map(({ code, reason, count }) => (
          <li key={code + reason}>{t('reasons.line', { rows: formatNumber(count), reason })}</li>
        ))}
      </ul>
    </Paper>
  );
}
