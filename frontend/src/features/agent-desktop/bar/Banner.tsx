/** What prevents talking, in words an agent can act on. Laid over the page: nothing moves when it comes or goes. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFloor } from '@/lib/floor/hooks';
import type { AgentDesktop } from '@/lib/floor/types';
import type { LineState } from '@/lib/softphone/line';
import type { MicrophoneState } from '@/lib/softphone/microphone';
import { floor, useDesktop } from '../floor';
import { microphone, useLine, useMicrophone } from '../telephone';
import classes from './Banner.module.css';

interface Trouble {
  level: 'error' | 'info';
  /** Key below `trouble`. */
  key: string;
  action?: { label: string; run: () => void };
}

export function Banner() {
  const { t, i18n } = useTranslation('agent-desktop');
  const connection = useFloor(floor, (view) => view.connection);
  const session = useDesktop((state) => state.session);
  const telephony = useDesktop((state) => state.telephony);
  const line = useLine();
  const sound = useMicrophone();
  const trouble =
    connection === 'live'
      ? troubleOf(session, telephony, line, sound)
      : { level: 'error' as const, key: 'connection' };
  if (!trouble) return null;
  const action = trouble.key.startsWith('microphone.')
    ? { label: t('microphone.again'), run: () => void microphone.open() }
    : null;
  const detail = trouble.key === 'leg.failed' && session?.leg_error;
  const reason = detail && i18n.exists(`agent-desktop:legError.${detail}`) ? t(`legError.${detail}`) : '';
  const Shape = trouble.level === 'error' ? IconAlertTriangle : IconInfoCircle;
  return (
    <Alert
      className={classes.banner}
      color={trouble.level === 'error' ? 'red' : 'blue'}
      icon={<Shape size={18} />}
      role={trouble.level === 'error' ? 'alert' : 'status'}
      data-testid="banner"
      data-trouble={trouble.key}
    >
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">
          {t(`trouble.${trouble.key}`)} {reason}
        </Text>
        {action && (
          <Button size="compact-sm" variant="default" onClick={action.run}>
            {action.label}
          </Button>
        )}
      </Group>
      {session?.device === 'sip' && session.credentials && trouble.key === 'leg.awaiting_registration' && (
        <Text size="sm" mt={4} data-testid="sip-account">
          {t('trouble.sipAccount', {
            username: session.credentials.username,
            password: session.credentials.password,
            uri: session.credentials.uri,
          })}
        </Text>
      )}
    </Alert>
  );
}

function troubleOf(
  session: AgentDesktop['session'],
  telephony: AgentDesktop['telephony'],
  line: LineState,
  sound: MicrophoneState,
): Trouble | null {
  if (telephony === 'down') return { level: 'error', key: 'telephony' };
  if (!session) return null;
  if (session.device === 'browser') {
    if (sound.status === 'failed') return { level: 'error', key: `microphone.${sound.problem ?? 'unknown'}` };
    if (sound.status === 'asking' && session.leg !== 'up') return { level: 'info', key: 'asking' };
    if (sound.cut) return { level: 'error', key: 'microphone.cut' };
    if (line.silenced) return { level: 'error', key: 'silenced' };
  }
  if (session.leg === 'up') return null;
  const waits =
    session.leg === 'calling' || session.leg === 'none' || session.leg === 'awaiting_registration';
  const browser = session.device === 'browser';
  if (waits && browser) return { level: 'info', key: 'leg.connecting' };
  return { level: waits ? 'info' : 'error', key: `leg.${session.leg}` };
}
