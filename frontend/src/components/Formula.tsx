/** A figure's name, with its formula on hover, focus or touch. */
import { Tooltip } from '@mantine/core';

interface FormulaProps {
  label: string;
  formula: string;
  /** Where the value stands above its name, the formula must not hide it. */
  position?: 'top' | 'bottom';
}

export function Formula({ label, formula, position = 'top' }: FormulaProps) {
  return (
    <Tooltip
      label={formula}
      position={position}
      events={{ hover: true, focus: true, touch: true }}
      multiline
      maw={320}
      withinPortal
    >
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the formula must be readable from the keyboard */}
      <span tabIndex={0} style={{ borderBottom: '1px dotted currentColor' }}>
        {label}
      </span>
    </Tooltip>
  );
}
