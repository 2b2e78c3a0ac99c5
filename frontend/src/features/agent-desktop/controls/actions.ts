/** What the control bar and the keys do, and when each may be done. */
import i18next from 'i18next';
import { notifyInfo } from '@/components/notify';
import type { AgentDesktop } from '@/lib/floor/types';
import { autosave } from '../autosave/typed';
import { act, floor, until } from '../floor';
import { liveCall } from '../model';
import { setPanel } from '../panels';
import { type PrimaryAct, primaryAct } from '../primary';
import { microphone } from '../telephone';

export interface Allowed {
  hangUp: boolean;
  mute: boolean;
  hold: boolean;
  keypad: boolean;
  callback: boolean;
  appointment: boolean;
  nextNumber: boolean;
  record: boolean;
  pauseRecording: boolean;
  refuseRecording: boolean;
  skip: boolean;
  extend: boolean;
  search: boolean;
}

export function allowed(state: AgentDesktop): Allowed {
  const call = liveCall(state);
  const { code } = state.state;
  const talking = code === 'talking' || code === 'hold';
  return {
    hangUp: call !== null,
    mute: talking && call !== null,
    hold: talking,
    keypad: talking,
    callback: state.record !== null,
    appointment: state.record !== null,
    nextNumber:
      code === 'wrap_up' && (state.record?.phones.filter(({ kind }) => kind !== 'fax').length ?? 0) > 1,
    record: talking && !state.call?.recording_refused,
    pauseRecording: talking && (state.call?.recording ?? false),
    refuseRecording: Boolean(state.call?.bridged_at) && !state.call?.recording_refused,
    skip: code === 'preview',
    extend: code === 'wrap_up' && state.state.until !== null && state.state.extensions_left > 0,
    search: call === null,
  };
}

export async function toggleMute(state: AgentDesktop): Promise<void> {
  const on = !(state.call?.muted ?? false);
  // At once here, whatever the network does: the agent has said "now".
  microphone.setMuted(on);
  if (!(await act('mute', { on }))) microphone.setMuted(!on);
}

/** The first of the contact's numbers that may be dialed. */
function firstPhone(state: AgentDesktop): 'phone' | 'mobile' | 'office' | null {
  for (const { kind, refused } of state.record?.phones ?? []) if (kind !== 'fax' && !refused) return kind;
  return null;
}

/** All numbers refused: the first one's reason, in a few words; its mark has the whole of it. */
function whyNone(state: AgentDesktop): string {
  const why = state.record?.phones.find(({ kind, refused }) => kind !== 'fax' && refused)?.refused;
  return why
    ? i18next.t('agent-desktop:record.allRefused', {
        why: i18next.t(`agent-desktop:refused.${why}`, {
          defaultValue: i18next.t('agent-desktop:refused.other'),
        }),
      })
    : i18next.t('agent-desktop:record.noNumber');
}

const HANG_UP_PATIENCE_MS = 3000;

async function finish(): Promise<void> {
  await autosave.flush();
  if (!(await act('hang_up'))) return;
  // The line closes a moment later; a campaign without wrap-up then goes on by itself.
  const over = await until(
    ({ state }) => state.code !== 'talking' && state.code !== 'hold',
    HANG_UP_PATIENCE_MS,
  );
  if (over && floor.getView().state?.state.code === 'wrap_up') await act('end_wrap_up');
}

async function next(): Promise<void> {
  await autosave.flush();
  await act('end_wrap_up');
}

export function doPrimary(state: AgentDesktop): void {
  const doing: Record<PrimaryAct, () => void> = {
    ready: () => void act('ready'),
    call_offered: () => void act('call_offered'),
    call_record: () => {
      const kind = firstPhone(state);
      if (kind && state.record) void act('dial', { contact_id: state.record.contact_id, phone_kind: kind });
      else notifyInfo(whyNone(state), 'warning');
    },
    compose: () => setPanel({ panel: 'search' }),
    unhold: () => void act('hold', { on: false }),
    finish: () => void finish(),
    next: () => void next(),
    choose_outcome: () => notifyInfo(i18next.t('agent-desktop:act.choose_outcome_help'), 'warning'),
    wait: () => undefined,
  };
  doing[primaryAct(state)]();
}
