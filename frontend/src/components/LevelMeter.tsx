/** Loudness of a microphone, drawn outside React ten times a second. */
import { useEffect, useRef } from 'react';
import classes from './LevelMeter.module.css';

const BARS = 5;

interface LevelMeterProps {
  /** Loudness now, 0…1. The same function every time: a new one starts the drawing again. */
  level: () => number;
  wide?: boolean;
}

export function LevelMeter({ level, wide }: LevelMeterProps) {
  const box = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let shown = -1;
    const timer = setInterval(() => {
      const lit = Math.round(level() * (wide ? BARS * 4 : BARS));
      if (lit === shown || !box.current) return;
      shown = lit;
      [...box.current.children].forEach((bar, index) => bar.toggleAttribute('data-lit', index < lit));
    }, 100);
    return () => clearInterval(timer);
  }, [level, wide]);
  return (
    <span
      ref={box}
      className={classes.meter}
      aria-hidden
      data-testid="level-meter"
      data-wide={wide || undefined}
    >
      {Array.from({ length: wide ? BARS * 4 : BARS }, (_, index) => (
        <span key={index} />
      ))}
    </span>
  );
}
