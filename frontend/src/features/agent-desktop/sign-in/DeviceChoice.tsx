/** Which microphone, which headphones, whether they work; the same before signing in and during a call. */
import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconVolume } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LevelMeter } from '@/components/LevelMeter';
import { line, microphone, microphoneLevel, useMicrophone } from '../telephone';
import { playTone } from './tone';
import { useDevices } from './useDevices';

const SPEAKER_KEY = 'decroche.speaker';
const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;

export function DeviceChoice() {
  const { t } = useTranslation('agent-desktop');
  const { status, problem, deviceId, label, cut } = useMicrophone();
  const { inputs, outputs } = useDevices(`${status} ${deviceId}`);
  const [speaker, setSpeaker] = useState(() => localStorage.getItem(SPEAKER_KEY) ?? '');

  const chooseSpeaker = (id: string | null): void => {
    setSpeaker(id ?? '');
    localStorage.setItem(SPEAKER_KEY, id ?? '');
    void line.setSpeaker(id ?? '').catch(() => undefined);
  };

  if (status === 'failed' || cut)
    return (
      <Alert
        color="red"
        icon={<IconAlertTriangle size={18} />}
        title={t('microphone.bad')}
        role="alert"
        data-testid="microphone-problem"
        data-problem={cut ? 'cut' : problem}
      >
        <Stack gap="sm">
          <Text size="sm">{t(`trouble.microphone.${cut ? 'cut' : (problem ?? 'unknown')}`)}</Text>
          {problem !== 'insecure' && (
            <Group>
              <Button size="xs" variant="default" onClick={() => void microphone.open()}>
                {t('microphone.again')}
              </Button>
            </Group>
          )}
        </Stack>
      </Alert>
    );
  return (
    <Stack gap="sm">
      <Select
        label={t('microphone.title')}
        placeholder={status === 'asking' ? t('microphone.asking') : label}
        data={inputs.map((one) => ({ value: one.deviceId, label: one.label || t('microphone.unnamed') }))}
        value={inputs.some((one) => one.deviceId === deviceId) ? deviceId : null}
        onChange={(id) => id && void microphone.open(id)}
        disabled={inputs.length === 0}
        comboboxProps={{ withinPortal: false }}
        data-testid="microphone-choice"
      />
      <Group gap="sm" wrap="nowrap">
        <LevelMeter level={microphoneLevel} wide />
        <Text size="xs" c="dimmed">
          {t('microphone.speak')}
        </Text>
      </Group>
      <Group align="end" wrap="nowrap">
        {canChooseSpeaker && (
          <Select
            style={{ flex: 1 }}
            label={t('speaker.title')}
            placeholder={t('speaker.system')}
            data={outputs.map((one) => ({ value: one.deviceId, label: one.label || t('speaker.unnamed') }))}
            value={outputs.some((one) => one.deviceId === speaker) ? speaker : null}
            onChange={chooseSpeaker}
            disabled={outputs.length === 0}
            comboboxProps={{ withinPortal: false }}
          />
        )}
        <Button
          variant="default"
          leftSection={<IconVolume size={16} aria-hidden />}
          onClick={() => void playTone(speaker)}
        >
          {t('speaker.test')}
        </Button>
      </Group>
    </Stack>
  );
}
