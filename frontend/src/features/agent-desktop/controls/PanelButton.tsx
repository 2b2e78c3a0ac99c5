/** A button of the bar whose panel opens right above it; the keys belong to the panel while it is open. */
import { Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import { ownKeys, type Panel, setPanel, togglePanel, usePanel } from '../panels';
import { ControlButton, type ControlButtonProps } from './ControlButton';

interface PanelButtonProps extends Omit<ControlButtonProps, 'onClick'> {
  panel: Panel;
  width: number;
  children: ReactNode;
}

export function PanelButton({ panel, width, children, ...button }: PanelButtonProps) {
  const open = usePanel();
  const opened = open?.panel === panel && (!button.disabled || open.dispositionId !== undefined);
  return (
    <Popover
      opened={opened}
      onChange={(shown) => !shown && setPanel(null)}
      position="top-start"
      width={width}
      shadow="lg"
      trapFocus
      returnFocus
      withinPortal
      closeOnEscape
    >
      <Popover.Target>
        <ControlButton {...button} onClick={() => togglePanel(panel)} />
      </Popover.Target>
      <Popover.Dropdown {...ownKeys(opened)}>{opened && children}</Popover.Dropdown>
    </Popover>
  );
}
