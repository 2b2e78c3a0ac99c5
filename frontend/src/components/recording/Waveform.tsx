/** Two voices, one a line; a click goes there, and so do the arrow keys on the player below. */
import { type MouseEvent, type RefObject, useEffect, useRef, useState } from 'react';
import classes from './Player.module.css';
import { peaks } from './peaks';

interface WaveformProps {
  bytes: ArrayBuffer;
  audio: RefObject<HTMLAudioElement | null>;
  /** A share of the length, 0…1. */
  onSeek: (share: number) => void;
  label: string;
}

const BARS = 240;
const LINE_PX = 40;

async function voicesOf(bytes: ArrayBuffer): Promise<number[][]> {
  const context = new OfflineAudioContext(2, 1, 8000);
  const sound = await context.decodeAudioData(bytes.slice(0));
  return Array.from({ length: sound.numberOfChannels }, (_, channel) =>
    peaks(sound.getChannelData(channel), BARS),
  );
}

export function Waveform({ bytes, audio, onSeek, label }: WaveformProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [voices, setVoices] = useState<number[][]>([]);
  useEffect(() => {
    let gone = false;
    // A sound that cannot be decoded still plays: it is only not drawn.
    voicesOf(bytes).then(
      (found) => !gone && setVoices(found),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [bytes]);
  useEffect(() => {
    let frame = 0;
    const draw = (): void => {
      const sound = audio.current;
      if (canvas.current)
        paint(canvas.current, voices, sound?.duration ? sound.currentTime / sound.duration : 0);
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [voices, audio]);
  const seek = (event: MouseEvent<HTMLCanvasElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onSeek((event.clientX - left) / width);
  };
  // The player below seeks by keyboard.
  return (
    <canvas
      ref={canvas}
      className={classes.wave}
      width={BARS * 3}
      height={LINE_PX * Math.max(1, voices.length)}
      role="img"
      aria-label={label}
      onClick={seek}
    />
  );
}

function paint(canvas: HTMLCanvasElement, voices: number[][], played: number): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const style = getComputedStyle(canvas);
  const [done, left] = [style.getPropertyValue('--wave-played'), style.getPropertyValue('--wave-left')];
  pen.clearRect(0, 0, canvas.width, canvas.height);
  voices.forEach((bars, line) => {
    const middle = LINE_PX * (line + 0.5);
    bars.forEach((bar, index) => {
      const height = Math.max(1, bar * (LINE_PX - 6));
      pen.fillStyle = index / bars.length < played ? done : left;
      pen.fillRect(index * 3, middle - height / 2, 2, height);
    });
  });
}
