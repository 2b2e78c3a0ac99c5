/** A figure's name, with its formula on hover, focus or touch. */
import { Tooltip } from '@mantine/core';

export function Formula({ label, formula }: { label: string; formula: string }) {
  return (
    <Tooltip
      label={formula}
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
