/** Loudness of the microphone, drawn outside React ten times a second. */
import { useEffect, useRef } from 'react';
import { microphone } from '../telephone';
import classes from './LevelMeter.module.css';

const BARS = 5;

export function LevelMeter({ wide }: { wide?: boolean }) {
  const box = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let shown = -1;
    const timer = setInterval(() => {
      const lit = Math.round(microphone.level() * (wide ? BARS * 4 : BARS));
      if (lit === shown || !box.current) return;
      shown = lit;
      [...box.current.children].forEach((bar, index) => bar.toggleAttribute('data-lit', index < lit));
    }, 100);
    return () => clearInterval(timer);
  }, [wide]);
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
