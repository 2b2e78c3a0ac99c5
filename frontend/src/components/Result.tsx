/** How a call ended, as a word, a shape and a colour; and an outcome as its own coloured word. */
import {
  IconAlertTriangle,
  IconCircleCheckFilled,
  IconCircleX,
  IconMicrophone2,
  IconPhoneCalling,
  IconPhoneIncoming,
  IconPhoneOff,
  IconVolumeOff,
} from '@tabler/icons-react';
import type { ComponentType, CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Result.module.css';

type Icon = ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;

const SHAPES: Record<string, [Icon, string]> = {
  connected: [IconCircleCheckFilled, 'ready'],
  abandoned: [IconVolumeOff, 'fault'],
  no_answer: [IconPhoneOff, 'pause'],
  busy: [IconPhoneOff, 'pause'],
  rejected: [IconCircleX, 'wrap_up'],
  unallocated: [IconCircleX, 'wrap_up'],
  congestion: [IconAlertTriangle, 'wrap_up'],
  machine: [IconMicrophone2, 'dialing'],
  cancelled: [IconCircleX, 'pause'],
  failed: [IconAlertTriangle, 'fault'],
  missed: [IconPhoneIncoming, 'wrap_up'],
};

/** Nothing or an empty text: the call goes on. */
export function Result({ code }: { code: string | null | undefined }) {
  const { t } = useTranslation('words');
  const [Shape, color] = SHAPES[code ?? ''] ?? [IconPhoneCalling, 'talking'];
  return (
    <span className={classes.result} style={{ '--result-ink': `var(--state-${color}-ink)` } as CSSProperties}>
      <Shape size={14} aria-hidden />
      <span className={classes.label}>{t(`result.${code || 'live'}`)}</span>
    </span>
  );
}

export function Outcome({
  label,
  color,
}: {
  label: string | null | undefined;
  color?: string | null | undefined;
}) {
  if (!label) return null;
  return (
    <span className={classes.outcome}>
      <span
        className={classes.dot}
        style={{ background: `var(--mantine-color-${color || 'gray'}-6)` }}
        aria-hidden
      />
      <span className={classes.label}>{label}</span>
    </span>
  );
}
