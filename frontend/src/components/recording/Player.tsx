/** A recording: fetched when asked for (each playback is in the audit log), drawn with one voice a line, played by the browser. */
import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { errorFromResponse } from '@/lib/api/error';
import { useMe } from '@/lib/api/session';
import type { components } from '@/lib/api/schema';
import { formatDuration } from '@/lib/format/time';
import classes from './Player.module.css';
import { Waveform } from './Waveform';

type Status = components['schemas']['RecordingOut']['status'];

interface PlayerProps {
  callId: string;
  recording: { id: string; status: Status; duration_s: number | null; deleted_for?: string };
  agent: string | null;
}

interface Sound {
  url: string;
  bytes: ArrayBuffer;
}

async function fetchSound(callId: string, recordingId: string): Promise<Sound> {
  const response = await fetch(`/api/calls/${callId}/recording?recording_id=${recordingId}`, {
    credentials: 'same-origin',
  });
  if (!response.ok) throw errorFromResponse(await response.json().catch(() => null), response.status);
  const blob = await response.blob();
  return { url: URL.createObjectURL(blob), bytes: await blob.arrayBuffer() };
}

export function Player({ callId, recording, agent }: PlayerProps) {
  const { t } = useTranslation('calls');
  const me = useMe();
  const client = useQueryClient();
  const [sound, setSound] = useState<Sound | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => () => void (sound && URL.revokeObjectURL(sound.url)), [sound]);
  if (recording.status !== 'ready')
    return (
      <Text size="sm" c="dimmed">
        {t(recording.deleted_for === 'objection' ? 'recording.objected' : `recording.${recording.status}`)}
      </Text>
    );
  const load = (): void => {
    setBusy(true);
    setError(null);
    fetchSound(callId, recording.id)
      .then((heard) => {
        setSound(heard);
        // The page says who listened: from this moment, its reader too.
        return client.invalidateQueries({ queryKey: ['calls', 'one', callId] });
      })
      .catch(setError)
      .finally(() => setBusy(false));
  };
  const seek = (share: number): void => {
    if (audio.current?.duration) audio.current.currentTime = audio.current.duration * share;
  };
  if (!sound)
    return (
      <div>
        <Button
          size="xs"
          variant="light"
          loading={busy}
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          onClick={load}
          data-testid="play-recording"
        >
          {t('recording.listen', { duration: formatDuration(recording.duration_s) })}
        </Button>
        {error ? <ErrorMessage error={error} onRetry={load} /> : null}
      </div>
    );
  return (
    <div className={classes.player}>
      <Group gap="xs" wrap="nowrap" align="stretch">
        <div className={classes.voices} aria-hidden>
          <span>{t('recording.contact')}</span>
          <span title={agent ?? ''}>{t('recording.agent')}</span>
        </div>
        <Waveform bytes={sound.bytes} audio={audio} onSeek={seek} label={t('recording.wave')} />
      </Group>
      {/* eslint-disable-next-line jsx-a11y/media-has-caption -- a recorded conversation has no captions */}
      <audio
        ref={audio}
        controls
        autoPlay
        src={sound.url}
        className={classes.audio}
        aria-label={t('recording.title')}
        data-testid="recording-audio"
      />
      {me.role !== 'agent' && (
        <Anchor
          size="xs"
          href={`/api/calls/${callId}/recording?recording_id=${recording.id}&download=true`}
          download
          data-testid="download-recording"
        >
          {t('recording.download')}
        </Anchor>
      )}
    </div>
  );
}
