/** The microphone at work: how loud, how long, and the way to stop. */
import { Alert, Button, Group, Progress, Text } from '@mantine/core';
import { IconPlayerStopFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LevelMeter } from '@/components/LevelMeter';
import { useNow } from '@/lib/floor/hooks';
import { formatClock } from '@/lib/format/time';
import classes from './Announcement.module.css';
import { AT_MOST_S } from './limits';
import { recordedLevel, type useRecording } from './useRecording';

interface RecorderProps {
  recording: ReturnType<typeof useRecording>;
  onCancel: () => void;
}

export function Recorder({ recording, onCancel }: RecorderProps) {
  const { t } = useTranslation('campaigns');
  const { startedAt, microphone, start, stop } = recording;
  const now = useNow(200);
  const seconds = startedAt === null ? 0 : Math.max(0, (now - startedAt) / 1000);
  const cancel = (
    <Button size="xs" variant="default" onClick={onCancel}>
      {t('common:actions.cancel')}
    </Button>
  );
  if (microphone.status === 'failed')
    return (
      <Alert color="red" py="xs" role="alert">
        <Text size="sm">{t(`floor:monitor.problem.${microphone.problem ?? 'unknown'}`)}</Text>
        <Group gap="xs" mt="xs">
          <Button size="xs" variant="default" onClick={start}>
            {t('common:actions.retry')}
          </Button>
          {cancel}
        </Group>
      </Alert>
    );
  return (
    <div>
      <Group gap="md" wrap="nowrap">
        <LevelMeter level={recordedLevel} wide />
        <Text size="sm" className={classes.clock} role="timer">
          {formatClock(seconds)} / {formatClock(AT_MOST_S)}
        </Text>
        <Text size="sm" role="status">
          {t(startedAt === null ? 'announcement.asking' : 'announcement.speak')}
        </Text>
      </Group>
      <Progress
        size={3}
        mt="xs"
        value={(100 * seconds) / AT_MOST_S}
        aria-label={t('announcement.progress')}
      />
      <Group gap="xs" mt="sm">
        <Button
          size="xs"
          color="red.9"
          leftSection={<IconPlayerStopFilled size={14} aria-hidden />}
          disabled={startedAt === null}
          onClick={stop}
          data-testid="stop-recording"
        >
          {t('announcement.stop')}
        </Button>
        {cancel}
      </Group>
    </div>
  );
}
