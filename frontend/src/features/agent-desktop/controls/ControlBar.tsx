/** What can be done with the call, and at the right the one thing to do next. */
import { Button } from '@mantine/core';
import {
  IconArrowsExchange,
  IconCalendarEvent,
  IconCircleFilled,
  IconClock,
  IconDialpad,
  IconKeyboard,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconPlayerPause,
  IconPlayerSkipForward,
  IconPlus,
  IconSearch,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '@/components/KeyHint';
import { act, useDesktop } from '../floor';
import type { Desk } from '../model';
import { setPanel, usePanel } from '../panels';
import { primaryAct } from '../primary';
import { AppointmentPanel } from '../when/AppointmentPanel';
import { CallbackPanel } from '../when/CallbackPanel';
import { allowed, doPrimary, toggleMute } from './actions';
import classes from './ControlBar.module.css';
import { ControlButton } from './ControlButton';
import { Keypad } from './Keypad';
import { PanelButton } from './PanelButton';
import { SkipPanel } from './SkipPanel';

export function ControlBar({ desk }: { desk: Desk | undefined }) {
  const { t } = useTranslation('agent-desktop');
  const state = useDesktop((desktop) => desktop);
  const open = usePanel();
  const may = allowed(state);
  const { call } = state;
  const preview = state.state.code === 'preview';
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('controls.title')}>
      <ControlButton
        icon={IconPhoneOff}
        label={t('controls.hangUp')}
        hint={t('keys.escape')}
        shortcut="Escape"
        danger
        disabled={!may.hangUp}
        testId="hang-up"
        onClick={() => void act('hang_up')}
      />
      <ControlButton
        icon={call?.muted ? IconMicrophoneOff : IconMicrophone}
        label={t('controls.mute')}
        hint="M"
        shortcut="m"
        disabled={!may.mute}
        pressed={call?.muted ?? false}
        testId="mute"
        onClick={() => void toggleMute(state)}
      />
      <ControlButton
        icon={IconPlayerPause}
        label={t('controls.hold')}
        hint="H"
        shortcut="h"
        disabled={!may.hold}
        pressed={call?.held ?? false}
        testId="hold"
        onClick={() => void act('hold', { on: !call?.held })}
      />
      <PanelButton
        panel="keypad"
        width={232}
        icon={IconDialpad}
        label={t('controls.keypad')}
        hint="K"
        shortcut="k"
        disabled={!may.keypad}
        testId="keypad"
      >
        <Keypad />
      </PanelButton>
      <PanelButton
        panel="callback"
        width={360}
        icon={IconClock}
        label={t('controls.callback')}
        hint="R"
        shortcut="r"
        disabled={!may.callback}
        testId="callback"
      >
        <CallbackPanel dispositionId={open?.dispositionId} />
      </PanelButton>
      <PanelButton
        panel="appointment"
        width={400}
        icon={IconCalendarEvent}
        label={t('controls.appointment')}
        hint="D"
        shortcut="d"
        disabled={!may.appointment}
        testId="appointment"
      >
        <AppointmentPanel dispositionId={open?.dispositionId} />
      </PanelButton>
      {preview ? (
        <PanelButton
          panel="skip"
          width={300}
          icon={IconPlayerSkipForward}
          label={t('controls.skip')}
          hint="S"
          shortcut="s"
          disabled={!may.skip}
          testId="skip"
        >
          <SkipPanel />
        </PanelButton>
      ) : (
        <ControlButton
          icon={IconArrowsExchange}
          label={t('controls.nextNumber')}
          hint="X"
          shortcut="x"
          disabled={!may.nextNumber}
          testId="next-number"
          onClick={() => void act('next_number')}
        />
      )}
      {desk?.recording === 'on_demand' || call?.recording ? (
        <ControlButton
          icon={IconCircleFilled}
          label={call?.recording ? t('controls.recording') : t('controls.record')}
          hint="E"
          shortcut="e"
          disabled={!may.record || desk?.recording !== 'on_demand'}
          pressed={call?.recording ?? false}
          testId="record-call"
          onClick={() => void act('record', { on: !call?.recording })}
        />
      ) : null}
      <div className={classes.right}>
        {state.state.code === 'wrap_up' && state.state.until !== null && (
          <ControlButton
            icon={IconPlus}
            label={t('controls.extend')}
            hint="+"
            shortcut="+"
            disabled={!may.extend}
            testId="extend"
            onClick={() => void act('extend_wrap_up')}
          />
        )}
        <ControlButton
          icon={IconSearch}
          label={t('controls.search')}
          hint="F"
          shortcut="f"
          disabled={!may.search}
          testId="search"
          onClick={() => setPanel({ panel: 'search' })}
        />
        <button
          type="button"
          className={classes.help}
          aria-label={t('keys.title')}
          aria-keyshortcuts="?"
          data-testid="keys-sheet"
          onClick={() => setPanel({ panel: 'keys' })}
        >
          <IconKeyboard size={17} aria-hidden />
          <KeyHint>?</KeyHint>
        </button>
        <Primary />
      </div>
    </div>
  );
}

/** The space bar's button: same place, same key, in every state. */
function Primary() {
  const { t } = useTranslation('agent-desktop');
  const state = useDesktop((desktop) => desktop);
  const what = primaryAct(state);
  const passive = what === 'wait' || what === 'choose_outcome';
  return (
    <Button
      className={classes.primary}
      variant={passive ? 'default' : 'filled'}
      disabled={what === 'wait'}
      rightSection={<KeyHint>{t('keys.space')}</KeyHint>}
      aria-keyshortcuts="Space"
      data-testid="primary"
      data-act={what}
      onClick={() => doPrimary(state)}
    >
      {t(`act.${what}`)}
    </Button>
  );
}
