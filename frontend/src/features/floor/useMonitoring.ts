/** Listening, whispering, barging in: the supervisor's own line is made at the first click and kept until he stops. */
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyError, notifyInfo } from '@/components/notify';
import { superviseSocket } from '@/lib/floor/supervise';
import type { Monitoring, SupervisorDesktop } from '@/lib/floor/types';
import { findIceServers } from '@/lib/softphone/iceServers';
import { nextStep, patienceMs } from '@/lib/softphone/keeper';
import { repeat } from '@/lib/softphone/repeat';
import { line, microphone, stopLine } from './ear';

export type MonitorMode = Monitoring['mode'];

export interface MonitoringControl {
  userId: number | null;
  mode: MonitorMode | null;
  leg: Monitoring['leg'];
  busy: boolean;
  /** What is wrong with the supervisor's own line or microphone, as a sentence. */
  problem: string | null;
  start: (userId: number, mode: MonitorMode) => void;
  stop: () => void;
}

/** A step whose answer did not help is taken again after this long, as long as it is still the next one. */
const AGAIN_MS = 4000;

/** Brings the line up, and again when it is lost, while somebody is listened to. */
function useLineKept(state: SupervisorDesktop | null, wanted: boolean): void {
  const lineState = useSyncExternalStore(line.subscribe, line.getState);
  const session = wanted ? (state?.softphone ?? null) : null;
  const step = nextStep({ session, line: lineState, microphoneOpen: true });
  const credentials = session?.credentials ?? null;
  useEffect(() => {
    if (step === 'stop') stopLine();
    if (step === 'register' && credentials) line.start(credentials, findIceServers);
    if (step !== 'reattach' && step !== 'announce') return;
    const command = step === 'reattach' ? 'softphone' : 'softphone_ready';
    const wait = step === 'reattach' ? patienceMs(line.getState().failures) : 0;
    return repeat(() => superviseSocket.command(command), wait, AGAIN_MS);
  }, [step, credentials]);
  useEffect(() => stopLine, []);
}

export function useMonitoring(state: SupervisorDesktop | null): MonitoringControl {
  const { t } = useTranslation('floor');
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const monitoring = state?.monitoring ?? null;
  const hasLine = state?.softphone != null && line.getState().registration !== 'off';
  const { problem: microphoneProblem } = useSyncExternalStore(microphone.subscribe, microphone.getState);
  useLineKept(state, asked || monitoring !== null);

  const start = useCallback(
    (userId: number, mode: MonitorMode): void => {
      const go = async (): Promise<void> => {
        // Closed before anything else when listening; open before anybody can be spoken to.
        microphone.setMuted(mode === 'listen');
        if (mode !== 'listen' && microphone.getState().status !== 'open' && !(await microphone.open())) {
          setAsked(false);
          notifyInfo(t(`monitor.problem.${microphone.getState().problem ?? 'unknown'}`), 'error');
          return;
        }
        microphone.setMuted(mode === 'listen');
        if (!hasLine) await superviseSocket.command('softphone');
        await superviseSocket.command('monitor', { user_id: userId, mode });
      };
      setBusy(true);
      setAsked(true);
      go()
        .catch((error: unknown) => {
          setAsked(false);
          notifyError(error);
        })
        .finally(() => setBusy(false));
    },
    [hasLine, t],
  );
  const stop = useCallback((): void => {
    setAsked(false);
    superviseSocket.command('stop_monitoring').catch(notifyError);
    stopLine();
  }, []);

  const { user_id: userId = null, mode = null, leg = 'none' } = monitoring ?? {};
  const problem = microphoneProblem && mode !== 'listen' ? t(`monitor.problem.${microphoneProblem}`) : null;
  return useMemo(
    () => ({ userId, mode, leg, busy, problem, start, stop }),
    [userId, mode, leg, busy, problem, start, stop],
  );
}
