/** What prevents talking, in words an agent can act on. Laid over the page: nothing moves when it comes or goes. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFloor } from '@/lib/floor/hooks';
import { floor, useDesktop } from '../floor';
import { microphone, useLine, useMicrophone } from '../telephone';
import classes from './Banner.module.css';
import { type Trouble, troubleOf } from './trouble';

/** The line is up within a second or two: after this long, the agent is told what to do. */
const SLOW_AFTER_MS = 10_000;

function useLasts(on: boolean, forMs: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!on) return;
    const timer = setTimeout(() => setLasts(true), forMs);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [on, forMs]);
  return on && lasts;
}

export function Banner() {
  const { t, i18n } = useTranslation('agent-desktop');
  const connection = useFloor(floor, (view) => view.connection);
  const session = useDesktop((state) => state.session);
  const telephony = useDesktop((state) => state.telephony);
  const line = useLine();
  const sound = useMicrophone();
  const known = troubleOf({ connection, session, telephony, line, sound });
  const isSlow = useLasts(known?.key === 'leg.connecting', SLOW_AFTER_MS);
  const trouble: Trouble | null = isSlow ? { level: 'error', key: 'line.slow' } : known;
  if (!trouble) return null;
  const action = actionOf(trouble);
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
          <Button size="compact-sm" variant="default" flex="none" onClick={action.run}>
            {t(action.label)}
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

/** What the agent may do about it with one click; `label` is a key. */
function actionOf({ key }: Trouble): { label: string; run: () => void } | null {
  if (key.startsWith('microphone.')) return { label: 'microphone.again', run: () => void microphone.open() };
  if (key === 'line.failing' || key === 'line.slow')
    return { label: 'trouble.reload', run: () => window.location.reload() };
  return null;
}
