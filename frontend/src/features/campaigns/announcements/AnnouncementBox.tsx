/** What a contact hears instead of an agent: heard here, replaced or taken away. A box of its own: it acts at once. */
import { Alert, Button, FileButton, Group, Text } from '@mantine/core';
import { IconMicrophone, IconPencil, IconUpload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { ErrorMessage } from '@/components/ErrorMessage';
import { formatTenths } from '@/lib/format/number';
import { formatDuration, formatWhen } from '@/lib/format/time';
import { forTelephone } from '@/lib/sound/convert';
import type { Announcement, Campaign } from '../types';
import classes from './Announcement.module.css';
import { AT_LEAST_S, AT_MOST_S } from './limits';
import { Recorder } from './Recorder';
import { TextToSay } from './TextToSay';
import { useAnnouncement } from './useAnnouncement';
import { useRecording } from './useRecording';

interface AnnouncementBoxProps {
  campaign: Campaign;
  kind: Announcement['kind'];
  announcement: Announcement | undefined;
}

interface Heard {
  file: File;
  url: string;
  seconds: number;
}
type Step = 'shown' | 'recording' | 'converting' | 'text' | Heard;

export function AnnouncementBox({ campaign, kind, announcement }: AnnouncementBoxProps) {
  const { t } = useTranslation('campaigns');
  const [step, setStep] = useState<Step>('shown');
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => () => void (typeof step === 'object' && URL.revokeObjectURL(step.url)), [step]);
  const act = useAnnouncement(campaign.id, kind, () => setStep('shown'));

  const go = (next: Step, wrong: string | null = null): void => {
    act.reset();
    setProblem(wrong);
    setStep(next);
  };
  const listen = (source: Blob, atMostS?: number): void => {
    go('converting');
    forTelephone(source, atMostS).then(
      ({ file, seconds }) => {
        if (seconds >= AT_LEAST_S && seconds <= AT_MOST_S)
          return go({ file, seconds, url: URL.createObjectURL(file) });
        const duration = seconds < AT_LEAST_S ? `${formatTenths(seconds)} s` : formatDuration(seconds);
        go('shown', t(seconds < AT_LEAST_S ? 'announcement.tooShort' : 'announcement.tooLong', { duration }));
      },
      () => go('shown', t('announcement.unreadable')),
    );
  };
  const recording = useRecording((sound) => listen(sound, AT_MOST_S));
  const record = (): void => {
    go('recording');
    recording.start();
  };
  const cancelRecording = (): void => {
    recording.drop();
    go('shown');
  };

  return (
    <div
      className={classes.box}
      role="group"
      aria-label={t(`announcement.title.${kind}`)}
      data-testid={`announcement-${kind}`}
    >
      {typeof step === 'object' ? (
        <Review
          heard={step}
          busy={act.isPending}
          onKeep={() => act.mutate({ keep: step.file })}
          onCancel={() => go('shown')}
        />
      ) : step === 'recording' ? (
        <Recorder recording={recording} onCancel={cancelRecording} />
      ) : step === 'text' ? (
        <TextToSay
          start={announcement?.text ?? ''}
          busy={act.isPending}
          onSay={(text) => act.mutate({ say: text })}
          onCancel={() => go('shown')}
        />
      ) : (
        <>
          <Current kind={kind} announcement={announcement} />
          <Choices
            kind={kind}
            announcement={announcement}
            busy={act.isPending || step === 'converting'}
            onRecord={record}
            onFile={(file) => listen(file)}
            onText={() => go('text')}
            onRemove={() => act.mutate('remove')}
          />
        </>
      )}
      {problem && (
        <Alert color="red" py="xs" mt="sm" role="alert" data-testid="sound-problem">
          {problem}
        </Alert>
      )}
      {act.error && (
        <div className={classes.error}>
          <ErrorMessage error={act.error} />
        </div>
      )}
      <Text size="xs" c="dimmed" mt="sm" className={classes.atOnce}>
        {t('announcement.atOnce')}
      </Text>
    </div>
  );
}

function Current({ kind, announcement }: Pick<AnnouncementBoxProps, 'kind' | 'announcement'>) {
  const { t } = useTranslation('campaigns');
  if (!announcement)
    return (
      <Text size="sm" c="dimmed">
        {t(`announcement.none.${kind}`)}
      </Text>
    );
  const { is_recorded, text, duration_s, made_at, url } = announcement;
  return (
    <>
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Text size="sm" fw={600}>
          {is_recorded ? t('announcement.recorded', { when: formatWhen(made_at) }) : t('announcement.spoken')}
        </Text>
        <Text size="sm" className={classes.clock} data-testid="announcement-length">
          {t('announcement.seconds', { value: formatTenths(duration_s) })}
        </Text>
      </Group>
      {text && (
        <Text size="sm" mt={4} className={classes.words}>
          {t('common:quoted', { text })}
        </Text>
      )}
      {/* eslint-disable-next-line jsx-a11y/media-has-caption -- what it says is written above, where it is known */}
      <audio
        key={url}
        controls
        preload="metadata"
        src={url}
        className={classes.audio}
        aria-label={t(`announcement.title.${kind}`)}
      />
    </>
  );
}

interface ChoicesProps extends Pick<AnnouncementBoxProps, 'kind' | 'announcement'> {
  busy: boolean;
  onRecord: () => void;
  onFile: (file: File) => void;
  onText: () => void;
  onRemove: () => void;
}

function Choices({ kind, announcement, busy, onRecord, onFile, onText, onRemove }: ChoicesProps) {
  const { t } = useTranslation('campaigns');
  const forget = useRef<() => void>(null);
  // The spoken message of abandoned calls is made again by itself: there is nothing to take away.
  const removable = announcement && (kind !== 'abandoned' || announcement.is_recorded);
  return (
    <Group gap="xs" mt="md">
      <Button
        size="xs"
        variant="default"
        disabled={busy}
        leftSection={<IconMicrophone size={14} aria-hidden />}
        onClick={onRecord}
        data-testid="record-announcement"
      >
        {t('announcement.record')}
      </Button>
      <FileButton
        accept="audio/*"
        resetRef={forget}
        onChange={(file) => {
          forget.current?.();
          if (file) onFile(file);
        }}
      >
        {(props) => (
          <Button
            {...props}
            size="xs"
            variant="default"
            loading={busy}
            leftSection={<IconUpload size={14} aria-hidden />}
          >
            {t('announcement.file')}
          </Button>
        )}
      </FileButton>
      {kind !== 'abandoned' && (
        <Button
          size="xs"
          variant="default"
          disabled={busy}
          leftSection={<IconPencil size={14} aria-hidden />}
          onClick={onText}
        >
          {t('announcement.say')}
        </Button>
      )}
      {removable && (
        <ConfirmInline
          size="xs"
          variant="subtle"
          color="red"
          disabled={busy}
          confirmLabel={t(`announcement.removeConfirm.${kind}`)}
          onConfirm={onRemove}
        >
          {t('announcement.remove')}
        </ConfirmInline>
      )}
    </Group>
  );
}

interface ReviewProps {
  heard: Heard;
  busy: boolean;
  onKeep: () => void;
  onCancel: () => void;
}

function Review({ heard, busy, onKeep, onCancel }: ReviewProps) {
  const { t } = useTranslation('campaigns');
  return (
    <>
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Text size="sm" fw={600}>
          {t('announcement.review')}
        </Text>
        <Text size="sm" className={classes.clock} data-testid="review-length">
          {t('announcement.seconds', { value: formatTenths(heard.seconds) })}
        </Text>
      </Group>
      {/* eslint-disable-next-line jsx-a11y/media-has-caption -- nobody has written what was just recorded */}
      <audio controls src={heard.url} className={classes.audio} aria-label={t('announcement.review')} />
      <Group gap="xs" mt="sm">
        <Button size="xs" loading={busy} onClick={onKeep} data-testid="keep-announcement">
          {t('announcement.keep')}
        </Button>
        <Button size="xs" variant="default" disabled={busy} onClick={onCancel}>
          {t('announcement.again')}
        </Button>
      </Group>
    </>
  );
}
