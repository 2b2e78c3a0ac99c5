/** A bulk action: what, on how many, what became of them, and the way to take it back. */
import { Button, Group, Progress, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notifyError } from '@/components/notify';
import { OutlookText } from '@/components/outlook/OutlookText';
import { customFieldsQuery } from '@/lib/api/names';
import { formatWhen } from '@/lib/format/time';
import { type Action, cancelAction, isUnderWay, undoAction } from '@/lib/api/bulk-actions';

export function ActionLine({ action }: { action: Action }) {
  const { t } = useTranslation('search');
  const client = useQueryClient();
  const { data: custom = [] } = useQuery({ ...customFieldsQuery, enabled: action.field !== '' });
  const nameOf = (field: string): string =>
    field.startsWith('custom.')
      ? (custom.find(({ key }) => `custom.${key}` === field)?.label ?? t('gone'))
      : t(`field.${field}`);
  const undo = useMutation({ mutationFn: () => undoAction(client, action.id), onError: notifyError });
  const cancel = useMutation({ mutationFn: () => cancelAction(client, action.id), onError: notifyError });
  const counts = Object.entries(action.counts).filter(([, count]) => count > 0);
  return (
    <div data-testid="bulk-action" data-status={action.status}>
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          <Text size="sm" fw={600}>
            {t(`bulk.kind.${action.kind}`)}
            {action.campaign && ` — ${action.campaign.name}`}
            {action.field && ` — ${nameOf(action.field)}`}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`bulk.status.${action.status}`)} · {t('bulk.contacts', { count: action.total })} ·{' '}
            {action.created_by?.name} · {formatWhen(action.created_at)}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          {action.can_cancel && (
            <Button size="compact-xs" variant="default" onClick={() => cancel.mutate()}>
              {t('bulk.stop')}
            </Button>
          )}
          {action.can_undo && (
            <Button
              size="compact-xs"
              variant="default"
              loading={undo.isPending}
              onClick={() => undo.mutate()}
              data-testid="bulk-undo"
            >
              {t('bulk.undo')}
            </Button>
          )}
        </Group>
      </Group>
      {isUnderWay(action) && (
        <Progress
          my={4}
          aria-label={t('bulk.progress')}
          value={action.total ? (100 * action.done) / action.total : 0}
        />
      )}
      {counts.length > 0 && (
        <Text size="sm">
          {counts.map(([reason, count]) => t(`bulk.count.${reason}`, { count })).join(' · ')}
        </Text>
      )}
      {action.outlook && action.status === 'done' && <OutlookText outlook={action.outlook} />}
      {action.error && (
        <Text size="sm" c="red" role="alert">
          {action.error}
        </Text>
      )}
    </div>
  );
}
