/** Contacts on their way into this queue, from any screen or tab: how far, the way to stop, and what became of them. */
import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyError } from '@/components/notify';
import { type Action, actionsQuery, cancelAction, isUnderWay, undoAction } from '@/lib/api/bulk-actions';
import { formatNumber } from '@/lib/format/number';
import { fedWords, overAtFirst, shownFeeds } from './fed';

export function Feeding({ campaign }: { campaign: number }) {
  const { data } = useQuery(actionsQuery);
  const [old, setOld] = useState<ReadonlySet<number>>();
  if (data && !old) setOld(overAtFirst(data));
  return shownFeeds(data ?? [], campaign, old).map((one) =>
    isUnderWay(one) ? <OnItsWay key={one.id} action={one} /> : <Over key={one.id} action={one} />,
  );
}

function OnItsWay({ action }: { action: Action }) {
  const { t } = useTranslation('campaigns');
  const client = useQueryClient();
  const stop = useMutation({
    mutationFn: () => cancelAction(client, action.id),
    onError: notifyError,
  });
  const told = t(action.status === 'undoing' ? 'queue.feeding.undoing' : 'queue.feeding.title');
  return (
    <Stack gap={4} maw={480} data-testid="feeding">
      <Text size="sm" fw={600} role="status">
        {told}
      </Text>
      <Progress value={action.total ? (100 * action.done) / action.total : 0} aria-label={told} />
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed" className="tabular">
          {t('common:jobs.progress', { done: formatNumber(action.done), total: formatNumber(action.total) })}
        </Text>
        {action.can_cancel && (
          <Button
            size="compact-xs"
            variant="default"
            loading={stop.isPending}
            onClick={() => stop.mutate()}
            data-testid="stop-feeding"
          >
            {t('common:jobs.cancel')}
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {t('queue.feeding.leave')}
      </Text>
    </Stack>
  );
}

function Over({ action }: { action: Action }) {
  const { t } = useTranslation('campaigns');
  const client = useQueryClient();
  const undo = useMutation({
    mutationFn: () => undoAction(client, action.id),
    onError: notifyError,
  });
  const failed = action.status === 'failed';
  const color = { done: 'teal', failed: 'red' }[action.status as string] ?? 'gray';
  return (
    <Alert
      color={color}
      maw={480}
      py="xs"
      title={t(`queue.feeding.${action.status as 'done' | 'failed' | 'cancelled' | 'undone'}`)}
      role={failed ? 'alert' : 'status'}
      data-testid="fed"
    >
      {action.status !== 'undone' && (
        <Text size="sm">{failed ? action.error : fedWords(action.counts, t)}</Text>
      )}
      {action.can_undo && (
        <Group mt="xs">
          <Button
            size="compact-xs"
            variant="default"
            loading={undo.isPending}
            onClick={() => undo.mutate()}
            data-testid="undo-feeding"
          >
            {t('queue.feeding.undo')}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
