/** The microphone in the bar: its level, and a click away which device is used. */
import { Popover, UnstyledButton } from '@mantine/core';
import { IconMicrophone, IconMicrophoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LevelMeter } from '@/components/LevelMeter';
import { ownKeys, setPanel, togglePanel, usePanel } from '../panels';
import { DeviceChoice } from '../sign-in/DeviceChoice';
import { useDesktop } from '../floor';
import { microphoneLevel, useMicrophone } from '../telephone';
import classes from './TopBar.module.css';

export function AudioMenu() {
  const { t } = useTranslation('agent-desktop');
  const open = usePanel();
  const { status, cut } = useMicrophone();
  const muted = useDesktop((state) => state.call?.muted ?? false);
  const bad = status === 'failed' || cut;
  const Shape = bad || muted ? IconMicrophoneOff : IconMicrophone;
  const label = bad ? t('microphone.bad') : muted ? t('microphone.muted') : t('microphone.open');
  return (
    <Popover
      opened={open?.panel === 'audio'}
      onChange={(shown) => !shown && setPanel(null)}
      position="bottom-end"
      width={380}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.audio}
          data-bad={bad || undefined}
          onClick={() => togglePanel('audio')}
          aria-label={label}
          title={label}
          data-testid="microphone"
          data-status={status}
        >
          <Shape size={18} aria-hidden />
          <LevelMeter level={microphoneLevel} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown {...ownKeys(open?.panel === 'audio')}>
        <DeviceChoice />
      </Popover.Dropdown>
    </Popover>
  );
}
