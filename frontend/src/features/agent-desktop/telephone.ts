/** The agent's telephone in this browser: one microphone, one line, and what keeps them as the floor wants them. */
import { useEffect, useSyncExternalStore } from 'react';
import type { AgentDesktop } from '@/lib/floor/types';
import { findIceServers } from '@/lib/softphone/iceServers';
import { nextStep, patienceMs, type Step } from '@/lib/softphone/keeper';
import { type LineState, SoftphoneLine } from '@/lib/softphone/line';
import { Microphone, type MicrophoneState } from '@/lib/softphone/microphone';
import { repeat } from '@/lib/softphone/repeat';
import { floor } from './floor';

export const microphone = new Microphone();
export const line = new SoftphoneLine(microphone);
export const microphoneLevel = (): number => microphone.level();

export function useMicrophone(): MicrophoneState {
  return useSyncExternalStore(microphone.subscribe, microphone.getState);
}

export function useLine(): LineState {
  return useSyncExternalStore(line.subscribe, line.getState);
}

/** A step whose answer did not help is taken again after this long, as long as it is still the next one. */
const AGAIN_MS = 4000;

/** Holds the leg up while this component is on the screen. `takesBack`: the session is this tab's, but not shown to it yet. */
export function useTelephone(state: AgentDesktop | null, takesBack: boolean): void {
  const { session } = state ?? { session: null };
  const lineState = useLine();
  const { status } = useMicrophone();
  const step: Step = takesBack
    ? 'reattach'
    : nextStep({ session, line: lineState, microphoneOpen: status === 'open' });
  const credentials = session?.credentials ?? null;

  useEffect(() => {
    if (step === 'stop') line.stop();
    if (step === 'open_microphone' && microphone.getState().status === 'closed') void microphone.open();
    if (step === 'register' && credentials) line.start(credentials, findIceServers);
    if (step !== 'reattach' && step !== 'announce') return;
    const command = step === 'reattach' ? 'reattach' : 'softphone_ready';
    const wait = step === 'reattach' ? patienceMs(line.getState().failures) : 0;
    return repeat(() => floor.command(command), wait, AGAIN_MS);
  }, [step, credentials]);

  const muted = state?.call?.muted ?? false;
  useEffect(() => microphone.setMuted(muted), [muted]);

  useEffect(() => {
    const resume = (): void => line.resume();
    window.addEventListener('pointerdown', resume);
    window.addEventListener('keydown', resume);
    return () => {
      window.removeEventListener('pointerdown', resume);
      window.removeEventListener('keydown', resume);
    };
  }, []);

  useEffect(() => {
    return () => {
      line.stop();
      microphone.close();
    };
  }, []);
}

/** Raw statistics of the line for tests and support, only where somebody has asked for it in this browser. */
export function exposeStatistics(): void {
  if (localStorage.getItem('decrocheDebug'))
    Object.assign(window, { decrocheDebug: { statistics: () => line.statistics(), line, microphone } });
}
