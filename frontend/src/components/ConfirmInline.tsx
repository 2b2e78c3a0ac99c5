/** A button whose act cannot be undone: it asks again in its own place, never in a dialog. Escape or leaving takes it back. */
import { Button, type ButtonProps, Group } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface ConfirmInlineProps extends Omit<ButtonProps, 'onClick'> {
  children: ReactNode;
  /** What will be done, as the confirming button says it ("Supprimer la campagne"). */
  confirmLabel: string;
  onConfirm: () => void;
  'data-testid'?: string;
}

export function ConfirmInline({ children, confirmLabel, onConfirm, ...button }: ConfirmInlineProps) {
  const { t } = useTranslation('common');
  const [asking, setAsking] = useState(false);
  const comesBack = useRef(false);
  /** Not done: the button that asked has the focus again, and the keyboard goes on from there. */
  const takeBack = (): void => {
    comesBack.current = true;
    setAsking(false);
  };
  if (!asking)
    return (
      <Button
        variant="default"
        {...button}
        ref={(node: HTMLButtonElement | null) => {
          if (node && comesBack.current) node.focus();
          comesBack.current = false;
        }}
        onClick={() => setAsking(true)}
      >
        {children}
      </Button>
    );
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    takeBack();
  };
  return (
    <Group gap="xs" wrap="nowrap" onKeyDown={onKeyDown} role="group" aria-label={t('confirm.question')}>
      <Button
        {...button}
        variant="filled"
        color="red"
        data-autofocus
        ref={(node: HTMLButtonElement | null) => node?.focus()}
        onClick={() => {
          setAsking(false);
          onConfirm();
        }}
      >
        {confirmLabel}
      </Button>
      <Button size={button.size ?? 'sm'} variant="default" onClick={takeBack}>
        {t('actions.cancel')}
      </Button>
    </Group>
  );
}
