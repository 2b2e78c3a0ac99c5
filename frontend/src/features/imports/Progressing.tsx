/** A batch under way: how far, and the way to stop it. The page may be left. */
import { Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { notifyError } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { formatNumber } from '@/lib/format/number';
import { importQuery } from './queries';
import type { ImportDetail } from './types';

export function Progressing({ batch }: { batch: ImportDetail }) {
  const { t } = useTranslation('imports');
  const client = useQueryClient();
  const cancel = (): void => {
    unwrap(api.POST('/api/imports/{batch_id}/cancel', { params: { path: { batch_id: batch.id } } })).then(
      () => client.invalidateQueries({ queryKey: importQuery(batch.id).queryKey }),
      notifyError,
    );
  };
  return (
    <Paper p="lg" maw={640}>
      <Stack gap="sm">
        <Text fw={600}>{t(`progress.${batch.status}`)}</Text>
        <Progress
          size="lg"
          value={batch.progress * 100}
          animated={batch.progress === 0}
          striped={batch.progress === 0}
          aria-label={t(`progress.${batch.status}`)}
          data-testid="import-progress"
        />
        <Group justify="space-between">
          <Text size="sm" c="dimmed" className="tabular" role="status">
            {t('common:jobs.progress', {
              done: formatNumber(batch.rows_done),
              total: formatNumber(batch.rows_total),
            })}
          </Text>
          {batch.can_cancel && (
            <ConfirmInline
              size="xs"
              color="red"
              variant="light"
              confirmLabel={t('cancelConfirm')}
              onConfirm={cancel}
            >
              {t('cancel')}
            </ConfirmInline>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {t('progress.leave')}
        </Text>
      </Stack>
    </Paper>
  );
}
