/** The agent's telephone in this browser: one microphone, one line, and what keeps them as the floor wants them. */
import { useEffect, useSyncExternalStore } from 'react';
import { api, unwrap } from '@/lib/api/client';
import type { AgentDesktop, Credentials } from '@/lib/floor/types';
import { nextStep, type Step } from '@/lib/softphone/keeper';
import { type LineState, SoftphoneLine } from '@/lib/softphone/line';
import { Microphone, type MicrophoneState } from '@/lib/softphone/microphone';
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

/** A step that did not help is taken again after this long, as long as it is still the next one. */
const AGAIN_MS = 4000;

async function iceServers(): Promise<RTCIceServer[]> {
  try {
    const { ice_servers } = await unwrap(api.GET('/api/telephony/softphone'));
    return ice_servers.map(({ urls, username, credential }) => ({
      urls,
      ...(username ? { username } : {}),
      ...(credential ? { credential } : {}),
    }));
  } catch {
    return [];
  }
}

let starting = '';

/** Once for each set of credentials, however often it is asked. */
async function startLine(credentials: Credentials): Promise<void> {
  if (starting === credentials.password) return;
  starting = credentials.password;
  line.start(credentials, await iceServers());
}

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
    const take = (): void => {
      if (step === 'stop') {
        starting = '';
        line.stop();
      }
      if (step === 'open_microphone' && microphone.getState().status === 'closed') void microphone.open();
      if (step === 'reattach') void floor.command('reattach').catch(() => undefined);
      if (step === 'announce') void floor.command('softphone_ready').catch(() => undefined);
      if (step === 'register' && credentials) {
        void startLine(credentials);
      }
    };
    take();
    if (step !== 'reattach' && step !== 'announce') return;
    const timer = setInterval(take, AGAIN_MS);
    return () => clearInterval(timer);
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
      starting = '';
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
