/** Above the script of a campaign that records: what is recorded now, and the two keys that the person's rights need. */
import { Button, Stack, Text } from '@mantine/core';
import { IconBan, IconCreditCard } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Timer } from '@/components/StateBadge';
import type { CallView } from '@/lib/floor/types';
import { allowed } from '../controls/actions';
import { ControlButton } from '../controls/ControlButton';
import { PanelButton } from '../controls/PanelButton';
import { act, useClockOffset, useDesktop } from '../floor';
import { setPanel } from '../panels';
import classes from './RecordingStrip.module.css';

type State = 'on' | 'off' | 'over' | 'paused' | 'refused';

function stateOf(call: CallView): State {
  if (call.recording_refused) return 'refused';
  if (call.ended_at !== null) return 'over';
  if (!call.recording) return 'off';
  return call.recording_paused ? 'paused' : 'on';
}

export function RecordingStrip() {
  const { t } = useTranslation('agent-desktop');
  const state = useDesktop((desktop) => desktop);
  const clockOffsetMs = useClockOffset();
  const { call } = state;
  // Its place is kept before anybody answers: the script does not move as the talk begins.
  if (!call || call.bridged_at === null) return <div className={classes.strip} />;
  const may = allowed(state);
  const now = stateOf(call);
  return (
    <div
      className={classes.strip}
      role="group"
      aria-label={t('recording.title')}
      data-state={now}
      data-testid="recording-strip"
    >
      <span className={classes.state} role="status" title={t(`recording.${now}`)}>
        <span className={classes.mark} aria-hidden />
        <span>{t(`recording.${now}`)}</span>
      </span>
      {now === 'paused' && call.recording_resumes_at && (
        <span className={classes.until}>
          {t('recording.resumesIn')}{' '}
          <Timer since={undefined} until={call.recording_resumes_at} clockOffsetMs={clockOffsetMs} />
        </span>
      )}
      <span className={classes.acts}>
        <ControlButton
          icon={IconCreditCard}
          label={t(call.recording_paused ? 'recording.resume' : 'recording.pause')}
          hint="B"
          shortcut="b"
          disabled={!may.pauseRecording}
          testId="pause-recording"
          onClick={() => void act(call.recording_paused ? 'resume_recording' : 'pause_recording')}
        />
        <PanelButton
          panel="objection"
          width={320}
          icon={IconBan}
          label={t('recording.refuse')}
          hint="I"
          shortcut="i"
          disabled={!may.refuseRecording}
          testId="refuse-recording"
        >
          <RefusePanel />
        </PanelButton>
      </span>
    </div>
  );
}

/** What was recorded cannot come back: asked once more, Enter says yes. */
function RefusePanel() {
  const { t } = useTranslation('agent-desktop');
  return (
    <Stack gap="xs" data-testid="refuse-panel">
      <Text size="sm" fw={600}>
        {t('recording.refuseTitle')}
      </Text>
      <Text size="sm">{t('recording.refuseHelp')}</Text>
      <Button
        color="red"
        data-autofocus
        data-testid="confirm-refusal"
        onClick={() => {
          setPanel(null);
          void act('object_to_recording');
        }}
      >
        {t('recording.refuseConfirm')}
      </Button>
    </Stack>
  );
}
