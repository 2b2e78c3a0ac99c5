/** An agent's state: one word, one shape, one colour, one timer. Colour never carries it alone. */
import {
  IconAlertTriangleFilled,
  IconBellRinging,
  IconCircleFilled,
  IconClipboardText,
  IconCoffee,
  IconPencil,
  IconPhoneCalling,
  IconPhoneFilled,
  IconPlayerPauseFilled,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/lib/floor/hooks';
import type { AgentStateCode } from '@/lib/floor/types';
import { formatClock } from '@/lib/format/time';
import classes from './StateBadge.module.css';

export type ShownState = AgentStateCode | 'fault';
type Icon = ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;

const SHAPES: Record<ShownState, { icon: Icon; color: string }> = {
  ready: { icon: IconCircleFilled, color: 'ready' },
  preview: { icon: IconClipboardText, color: 'dialing' },
  dialing: { icon: IconPhoneCalling, color: 'dialing' },
  ringing: { icon: IconBellRinging, color: 'dialing' },
  talking: { icon: IconPhoneFilled, color: 'talking' },
  hold: { icon: IconPlayerPauseFilled, color: 'hold' },
  wrap_up: { icon: IconPencil, color: 'wrap_up' },
  paused: { icon: IconCoffee, color: 'pause' },
  offline: { icon: IconPlugConnectedX, color: 'offline' },
  fault: { icon: IconAlertTriangleFilled, color: 'fault' },
};

interface StateBadgeProps {
  state: ShownState;
  /** Instant the state began (ISO); shows a timer that counts up. */
  since?: string | null | undefined;
  /** Instant it will end (ISO); shows a timer that counts down instead. */
  until?: string | null | undefined;
  /** Server's clock minus the browser's, in milliseconds. */
  clockOffsetMs?: number;
  /** Word instead of the state's own (a pause's reason). */
  label?: string | undefined;
  large?: boolean;
}

export function StateBadge({ state, since, until, clockOffsetMs = 0, label, large }: StateBadgeProps) {
  const { t } = useTranslation('common');
  const { icon: Shape, color } = SHAPES[state];
  return (
    <span
      className={classes.badge}
      data-color={color}
      data-large={large || undefined}
      data-testid="state-badge"
      data-state={state}
    >
      <Shape size={large ? 16 : 13} aria-hidden />
      <span className={classes.word}>{label ?? t(`state.${state}`)}</span>
      {(since ?? until) && <Timer since={since} until={until} clockOffsetMs={clockOffsetMs} />}
    </span>
  );
}

type TimerProps = Pick<StateBadgeProps, 'since' | 'until'> & { clockOffsetMs: number };

/** Counts up from `since`, or down to `until`. */
export function Timer({ since, until, clockOffsetMs }: TimerProps) {
  const now = useNow() + clockOffsetMs;
  const seconds = until ? (Date.parse(until) - now) / 1000 : (now - Date.parse(since ?? '')) / 1000;
  return (
    <span
      className={`${classes.timer} tabular`}
      role="timer"
      data-late={(until && seconds < 10) || undefined}
    >
      {formatClock(until ? Math.ceil(seconds) : seconds)}
    </span>
  );
}
