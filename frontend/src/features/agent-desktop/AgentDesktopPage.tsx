/** The agent's one page: signing in on the floor, then the desktop, for the day. */
import { Button, Center, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { listeningNoticeQuery } from '@/lib/api/listening';
import { useMe } from '@/lib/api/session';
import { useFloorView, useOpenSocket } from '@/lib/floor/hooks';
import type { Bye } from '@/lib/floor/types';
import { autosave } from './autosave/typed';
import { Desktop } from './Desktop';
import { floor, useNotices } from './floor';
import { forgetSession, mustTakeBack, noteSession } from './held';
import { ListeningNotice } from './sign-in/ListeningNotice';
import { SignIn } from './sign-in/SignIn';
import { exposeStatistics, useTelephone } from './telephone';

export function AgentDesktopPage() {
  const { t } = useTranslation('agent-desktop');
  const me = useMe();
  const view = useFloorView(floor);
  useOpenSocket(floor);
  useNotices();
  const takesBack = view.state !== null && !view.bye && mustTakeBack(view.state, sessionStorage);
  useTelephone(view.bye ? null : view.state, takesBack);
  useEffect(() => {
    if (view.bye) forgetSession(sessionStorage);
    else if (view.state) noteSession(view.state, sessionStorage);
  }, [view.bye, view.state]);
  useEffect(() => autosave.start(me.id), [me.id]);
  useEffect(exposeStatistics, []);
  useEffect(() => {
    document.title = `${t('title')} · Décroche`;
  }, [t]);

  if (view.bye) return <Gone bye={view.bye} />;
  if (!view.state || takesBack)
    return (
      <Center h="100%">
        <Group>
          <Loader size="sm" />
          <Text role="status">{t('common:connection.connecting')}</Text>
        </Group>
      </Center>
    );
  return view.state.session ? <Desktop /> : <TakePlace />;
}

/** Nobody takes a place without having read that he may be listened to; who sits in his place goes on. */
function TakePlace() {
  const { data: notice, error, refetch } = useQuery(listeningNoticeQuery);
  const { t } = useTranslation('agent-desktop');
  if (error)
    return (
      <Center h="100%">
        <ErrorMessage error={error} onRetry={() => void refetch()} />
      </Center>
    );
  if (!notice)
    return (
      <Center h="100%">
        <Loader size="sm" role="status" aria-label={t('common:loading')} />
      </Center>
    );
  return notice.acknowledged_at ? <SignIn /> : <ListeningNotice notice={notice} />;
}

/** The floor has closed this window's socket, and means it. */
function Gone({ bye }: { bye: Bye }) {
  const { t } = useTranslation('agent-desktop');
  return (
    <Center h="100%" p="xl">
      <Paper p="xl" maw={480} data-testid="gone">
        <Stack>
          <Title order={1}>{t(`gone.${bye.code}`)}</Title>
          <Text>{bye.message}</Text>
          <Group>
            <Button onClick={() => floor.reopen()} data-autofocus>
              {t('gone.here')}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </Center>
  );
}
