/** A key figure: its formula on hover or focus; a click leads to the calls behind it. */
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Formula } from '@/components/Formula';
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
  return <Formula label={definition.label[language] ?? ''} formula={definition.formula[language] ?? ''} />;
}
