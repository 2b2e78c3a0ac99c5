/** One delivery: every try, what was sent while it is kept, and sending it again. */
import { Button, Code, Drawer, Group, Loader, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { notifyDone, notifyError } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { formatDateTime } from '@/lib/format/time';
import { Answer } from './DeliveriesTab';
import { keyOf } from './types';

export function DeliveryDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('integrations');
  const client = useQueryClient();
  const at = { params: { path: { delivery_id: id } } };
  const delivery = useQuery({
    queryKey: ['integrations', 'deliveries', 'one', id],
    queryFn: () => unwrap(api.GET('/api/integrations/deliveries/{delivery_id}', at)),
    refetchInterval: 3000,
  });
  const again = useMutation({
    mutationFn: () => unwrap(api.POST('/api/integrations/deliveries/{delivery_id}/send-again', at)),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['integrations', 'deliveries'] });
      notifyDone(t('delivery.sentAgain'));
    },
    onError: notifyError,
  });
  const row = delivery.data;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="34rem"
      title={row ? t(`event.${keyOf(row.event_type)}`) : ''}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      {delivery.isPending && <Loader aria-label={t('common:loading')} />}
      {delivery.error && <ErrorMessage error={delivery.error} onRetry={() => void delivery.refetch()} />}
      {row && (
        <Stack gap="md">
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {row.url}
            <br />
            <code>{row.message_id}</code>
          </Text>
          <Group>
            <Button
              size="xs"
              disabled={!row.can_be_sent_again}
              loading={again.isPending}
              onClick={() => again.mutate()}
              data-testid="send-again"
            >
              {t('delivery.sendAgain')}
            </Button>
            {!row.can_be_sent_again && (
              <Text size="xs" c="dimmed">
                {t(row.body ? 'delivery.disabledHelp' : 'delivery.erasedHelp')}
              </Text>
            )}
          </Group>
          {row.state === 'pending' && row.next_at && (
            <Text size="sm">
              {t('delivery.next')} : {formatDateTime(row.next_at)}
            </Text>
          )}
          <Table aria-label={t('delivery.tries')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('delivery.tryAt')}</Table.Th>
                <Table.Th>{t('delivery.answer')}</Table.Th>
                <Table.Th ta="right">{t('delivery.duration')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {row.tries.map((one) => (
                <Table.Tr key={one.at}>
                  <Table.Td>{formatDateTime(one.at)}</Table.Td>
                  <Table.Td>
                    <Answer status={one.status} error={one.error} />
                  </Table.Td>
                  <Table.Td ta="right">{t('delivery.ms', { count: one.duration_ms })}</Table.Td>
                </Table.Tr>
              ))}
              {row.tries.length === 0 && (
                <Table.Tr>
                  <Table.Td colSpan={3}>{t('delivery.notYet')}</Table.Td>
                </Table.Tr>
              )}
            </Table.Tbody>
          </Table>
          {row.body && (
            <Code block tabIndex={0} aria-label={t('delivery.body')} style={{ whiteSpace: 'pre-wrap' }}>
              {readable(row.body)}
            </Code>
          )}
        </Stack>
      )}
    </Drawer>
  );
}

function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
