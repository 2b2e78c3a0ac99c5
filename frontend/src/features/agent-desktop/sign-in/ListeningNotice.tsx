/** Before an agent's first place, and again where the words change: he may be listened to and recorded. */
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { UserMenu } from '@/components/UserMenu';
import { api, unwrap } from '@/lib/api/client';
import { listeningNoticeQuery } from '@/lib/api/listening';
import type { components } from '@/lib/api/schema';
import classes from './SignIn.module.css';

export function ListeningNotice({ notice }: { notice: components['schemas']['ListeningNoticeOut'] }) {
  const { t } = useTranslation('agent-desktop');
  const client = useQueryClient();
  const confirm = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/listening-notice/acknowledgment', { body: { version: notice.version } })),
    onSuccess: (next) => client.setQueryData(listeningNoticeQuery.queryKey, next),
    // Other words are in force: they are shown instead.
    onError: () => client.invalidateQueries({ queryKey: listeningNoticeQuery.queryKey }),
  });
  return (
    <main className={classes.page} data-testid="listening-notice">
      <div className={classes.corner}>
        <UserMenu desktop="agent" />
      </div>
      <Paper p="xl" radius="md" className={classes.notice}>
        <Stack gap="md">
          <Title order={1}>{t('listening.title')}</Title>
          <div className={classes.words} data-testid="listening-words">
            {notice.text}
          </div>
          {confirm.error && <ErrorMessage error={confirm.error} />}
          <Group justify="space-between" wrap="nowrap">
            <Text size="xs" c="dimmed">
              {t('listening.kept')}
            </Text>
            <Button
              data-autofocus
              flex="none"
              loading={confirm.isPending}
              onClick={() => confirm.mutate()}
              data-testid="acknowledge-listening"
            >
              {t('listening.confirm')}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </main>
  );
}
