/** A state in a word on a tinted ground; its colours are the theme's states, which keep AA contrast in both schemes. */
import type { ReactNode } from 'react';
import classes from './Tag.module.css';

export type TagColor = 'ready' | 'dialing' | 'talking' | 'hold' | 'wrap_up' | 'pause' | 'offline' | 'fault';

interface TagProps {
  color: TagColor;
  icon?: ReactNode;
  children: ReactNode;
  'data-testid'?: string;
  'data-status'?: string;
}

export function Tag({ color, icon, children, ...data }: TagProps) {
  return (
    <span
      className={classes.tag}
      style={{ color: `var(--state-${color}-ink)`, background: `var(--state-${color}-ground)` }}
      {...data}
    >
      {icon}
      {children}
    </span>
  );
}
