/** All the keys of the desktop, as they stand now. */
import { act, useDesktop } from '../floor';
import { allowed, doPrimary, toggleMute } from '../controls/actions';
import type { Desk } from '../model';
import { cancelConfirming, choose, mayDispose, useConfirming, withKeys } from '../outcomes/choose';
import { type Panel, setPanel, usePanel } from '../panels';
import { turnPage } from '../script/page';
import { focusByKey, type KeyMap, useKeys } from './useKeys';

export function DesktopKeys({ desk }: { desk: Desk | undefined }) {
  const state = useDesktop((desktop) => desktop);
  const open = usePanel();
  const confirming = useConfirming();
  const may = allowed(state);
  const { call } = state;
  const mayClose = state.record !== null && call === null && state.state.code !== 'preview';
  const panel = (which: Panel, allowedNow: boolean) =>
    allowedNow ? () => setPanel({ panel: which }) : undefined;
  const outcomes = withKeys(desk?.dispositions ?? []);
  const waiting = outcomes.find(({ disposition }) => disposition.id === confirming)?.disposition;

  const keys: KeyMap = {
    ...Object.fromEntries(
      outcomes.map(({ key, disposition }) => [key, mayDispose(call) ? () => choose(disposition) : undefined]),
    ),
    ' ': () => doPrimary(state),
    Enter: waiting && (() => choose(waiting)),
    Escape: () => {
      if (cancelConfirming()) return;
      if (may.hangUp) void act('hang_up');
      else if (mayClose) void act('close_record');
    },
    ArrowLeft: () => turnPage(-1),
    ArrowRight: () => turnPage(1),
    m: may.mute ? () => void toggleMute(state) : undefined,
    h: may.hold ? () => void act('hold', { on: !call?.held }) : undefined,
    k: panel('keypad', may.keypad),
    r: panel('callback', may.callback),
    d: panel('appointment', may.appointment),
    s: panel('skip', may.skip),
    x: may.nextNumber ? () => void act('next_number') : undefined,
    e:
      may.record && desk?.recording === 'on_demand'
        ? () => void act('record', { on: !call?.recording })
        : undefined,
    b: may.pauseRecording
      ? () => void act(call?.recording_paused ? 'resume_recording' : 'pause_recording')
      : undefined,
    i: panel('objection', may.refuseRecording && desk !== undefined && desk.recording !== 'never'),
    c: panel('consents', state.record !== null),
    l: panel('mails', state.record !== null),
    f: panel('search', may.search),
    p: panel('pause', true),
    o: () => focusByKey('[data-objection]'),
    n: () => focusByKey('[data-testid=note]'),
    '+': may.extend ? () => void act('extend_wrap_up') : undefined,
    '?': panel('keys', true),
  };
  useKeys(open ? { Escape: () => setPanel(null), '?': () => setPanel(null) } : keys, true);
  return null;
}
