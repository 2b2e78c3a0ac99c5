/** A button of the control bar: icon, verb, key. It never leaves its place; what cannot be done now is greyed. */
import { UnstyledButton } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { Ref } from 'react';
import { KeyHint } from '@/components/KeyHint';
import classes from './ControlBar.module.css';

export interface ControlButtonProps {
  icon: Icon;
  label: string;
  /** As shown on the button. */
  hint: string;
  /** As the browser names it, for screen readers. */
  shortcut: string;
  disabled?: boolean;
  pressed?: boolean | undefined;
  danger?: boolean;
  testId: string;
  onClick: () => void;
  ref?: Ref<HTMLButtonElement>;
}

export function ControlButton(props: ControlButtonProps) {
  const {
    icon: Shape,
    label,
    hint,
    shortcut,
    disabled,
    pressed,
    danger,
    testId,
    onClick,
    ref,
    ...rest
  } = props;
  return (
    <UnstyledButton
      {...rest}
      ref={ref}
      className={classes.control}
      disabled={disabled}
      aria-pressed={pressed}
      aria-keyshortcuts={shortcut}
      data-danger={danger || undefined}
      data-testid={testId}
      onClick={onClick}
    >
      <Shape size={17} aria-hidden />
      <span className={classes.label}>{label}</span>
      <KeyHint>{hint}</KeyHint>
    </UnstyledButton>
  );
}
