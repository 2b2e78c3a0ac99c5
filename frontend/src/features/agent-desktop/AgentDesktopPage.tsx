/** The agent's one page: signing in on the floor, then the desktop, for the day. */
import { Button, Center, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/lib/api/session';
import { useFloorView, useOpenSocket } from '@/lib/floor/hooks';
import type { Bye } from '@/lib/floor/types';
import { autosave } from './autosave/typed';
import { Desktop } from './Desktop';
import { floor, useNotices } from './floor';
import { forgetSession, mustTakeBack, noteSession } from './held';
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
  return view.state.session ? <Desktop /> : <SignIn />;
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
