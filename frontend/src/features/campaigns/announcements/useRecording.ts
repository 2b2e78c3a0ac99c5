/** A message spoken into the browser's microphone: at most a minute, given back as a sound when it stops. */
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Microphone, type MicrophoneState } from '@/lib/softphone/microphone';
import { AT_MOST_S } from './limits';

const microphone = new Microphone();
export const recordedLevel = (): number => microphone.level();

interface Recording {
  /** Instant it began (the browser's milliseconds); null: nothing is being recorded. */
  startedAt: number | null;
  microphone: MicrophoneState;
  start: () => void;
  /** Ends it: `onDone` gets the sound. */
  stop: () => void;
  /** Ends it, and nobody gets anything. */
  drop: () => void;
}

export function useRecording(onDone: (sound: Blob) => void): Recording {
  const state = useSyncExternalStore(microphone.subscribe, microphone.getState);
  const [startedAt, setStartedAt] = useState<number | null>(null);
  const recorder = useRef<MediaRecorder | null>(null);
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  }, [onDone]);

  const end = useCallback((sound: Blob | null): void => {
    recorder.current = null;
    microphone.close();
    setStartedAt(null);
    if (sound) done.current(sound);
  }, []);
  const start = useCallback((): void => {
    const go = async (): Promise<void> => {
      if (!(await microphone.open()) || !microphone.media) return;
      const mine = new MediaRecorder(microphone.media);
      const parts: Blob[] = [];
      mine.ondataavailable = ({ data }) => parts.push(data);
      mine.onstop = () => recorder.current === mine && end(new Blob(parts, { type: mine.mimeType }));
      recorder.current = mine;
      mine.start();
      setStartedAt(Date.now());
    };
    void go();
  }, [end]);
  const stop = useCallback((): void => recorder.current?.stop(), []);
  const drop = useCallback((): void => {
    const mine = recorder.current;
    end(null);
    mine?.stop();
  }, [end]);

  useEffect(() => {
    if (startedAt === null) return;
    const timer = setTimeout(stop, AT_MOST_S * 1000);
    return () => clearTimeout(timer);
  }, [startedAt, stop]);
  useEffect(
    () => () => {
      recorder.current = null;
      microphone.close();
    },
    [],
  );
  return { startedAt, microphone: state, start, stop, drop };
}
