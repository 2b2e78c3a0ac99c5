/** A key figure: its formula on hover or focus; a click leads to the calls behind it. */
import { Anchor, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { currentLanguage } from '@/i18n';
import { BEHIND, show } from './figures';
import type { Definition, Kpis } from './types';

interface FigureProps {
  definition: Definition;
  kpis: Kpis;
  /** Conditions of the call log common to the figure's table and line. */
  search: Record<string, string>;
}

export function Figure({ definition, kpis, search }: FigureProps) {
  const value = kpis[definition.key];
  const text = show(value, definition.unit);
  const behind = BEHIND[definition.key];
  if (!behind || !value) return <span className="tabular">{text}</span>;
  return (
    <Anchor
      component={Link}
      to="/calls"
      search={{ ...search, ...behind } as never}
      className="tabular"
      inherit
      data-testid={`figure-${definition.key}`}
    >
      {text}
    </Anchor>
  );
}

/** The figure's name, with its formula. */
export function FigureName({ definition }: { definition: Definition }) {
  const language = currentLanguage();
  return (
    <Tooltip
      label={definition.formula[language]}
      events={{ hover: true, focus: true, touch: true }}
      multiline
      maw={320}
      withinPortal
    >
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the formula must be readable from the keyboard */}
      <span tabIndex={0} style={{ borderBottom: '1px dotted currentColor' }}>
        {definition.label[language]}
      </span>
    </Tooltip>
  );
}
