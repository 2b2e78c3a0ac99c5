/** Taking one's place on the floor: where to hear and speak, then ready. */
import { Button, Group, Paper, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconDeviceLandlinePhone, IconHeadset, IconPhone } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { UserMenu } from '@/components/UserMenu';
import { type ApiError, errorFromThrown } from '@/lib/api/error';
import { useFloor } from '@/lib/floor/hooks';
import type { SessionView } from '@/lib/floor/types';
import { looksLikePhone, typedPhone } from '@/lib/format/phone';
import { floor } from '../floor';
import { microphone, useMicrophone } from '../telephone';
import { DeviceChoice } from './DeviceChoice';
import classes from './SignIn.module.css';

type Device = SessionView['device'];
const ICONS = { browser: IconHeadset, sip: IconDeviceLandlinePhone, number: IconPhone };
const DEVICE_KEY = 'decroche.device';
const NUMBER_KEY = 'decroche.device.number';

function storedDevice(): Device {
  const stored = localStorage.getItem(DEVICE_KEY);
  return stored === 'sip' || stored === 'number' ? stored : 'browser';
}

export function SignIn() {
  const { t } = useTranslation('agent-desktop');
  const name = useFloor(floor, ({ state }) => state?.name ?? '');
  const campaigns = useFloor(floor, ({ state }) => state?.campaigns);
  const [device, setDevice] = useState(storedDevice);
  const [number, setNumber] = useState(() => localStorage.getItem(NUMBER_KEY) ?? '');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const { status } = useMicrophone();

  useEffect(() => {
    if (device === 'browser') void microphone.open();
    else microphone.close();
  }, [device]);

  const missing = device === 'browser' ? status !== 'open' : device === 'number' && !looksLikePhone(number);
  const signIn = async (takeOver = false): Promise<void> => {
    setBusy(true);
    setError(null);
    localStorage.setItem(DEVICE_KEY, device);
    localStorage.setItem(NUMBER_KEY, number);
    try {
      await floor.command('sign_in', {
        device,
        number: device === 'number' ? typedPhone(number) : '',
        take_over: takeOver,
      });
    } catch (thrown) {
      setError(errorFromThrown(thrown));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!missing) void signIn();
  };

  return (
    <main className={classes.page} data-testid="floor-sign-in">
      <div className={classes.corner}>
        <UserMenu desktop="agent" />
      </div>
      <Paper p="xl" radius="md" className={classes.card}>
        <form onSubmit={submit}>
          <Stack gap="lg">
            <div>
              <Title order={1}>{t('signIn.title', { name })}</Title>
              <Text c="dimmed" size="sm">
                {campaigns?.length
                  ? t('signIn.campaigns', { names: campaigns.map((one) => one.name).join(', ') })
                  : t('campaign.noneHelp')}
              </Text>
            </div>
            <Radio.Group
              value={device}
              onChange={(value) => setDevice(value as Device)}
              label={t('signIn.device')}
            >
              <div className={classes.devices}>
                {(['browser', 'sip', 'number'] as const).map((one) => {
                  const Icon = ICONS[one];
                  return (
                    <Radio.Card
                      key={one}
                      value={one}
                      className={classes.device}
                      data-testid={`device-${one}`}
                    >
                      <Icon size={22} aria-hidden />
                      <Text size="sm" fw={600}>
                        {t(`device.${one}`)}
                      </Text>
                      <Text size="xs" c="dimmed">
                        {t(`device.${one}Help`)}
                      </Text>
                    </Radio.Card>
                  );
                })}
              </div>
            </Radio.Group>
            <div className={classes.details}>
              {device === 'browser' && <DeviceChoice />}
              {device === 'number' && (
                <TextInput
                  label={t('signIn.number')}
                  description={t('signIn.numberHelp')}
                  inputMode="tel"
                  placeholder="06 39 98 20 11"
                  value={number}
                  onChange={(event) => setNumber(event.currentTarget.value)}
                />
              )}
              {device === 'sip' && <Text size="sm">{t('signIn.sipHelp')}</Text>}
            </div>
            {error && <ErrorMessage error={error} />}
            <Group justify="space-between">
              <Button type="submit" size="md" loading={busy} disabled={missing} data-testid="take-place">
                {t('signIn.go')}
              </Button>
              {error?.code.startsWith('signed_in') && (
                <Button variant="default" size="md" onClick={() => void signIn(true)} data-testid="take-over">
                  {t('signIn.takeOver')}
                </Button>
              )}
            </Group>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
