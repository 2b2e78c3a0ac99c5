/** The period in a few figures. */
import { Skeleton } from '@mantine/core';
import { Figure, FigureName } from './Figure';
import { HEADLINE } from './figures';
import classes from './Statistics.module.css';
import type { Definition, Kpis } from './types';

interface HeadlineProps {
  kpis: Kpis | undefined;
  definitions: Definition[];
  behind: Record<string, string>;
}

export function Headline({ kpis, definitions, behind }: HeadlineProps) {
  const shown = HEADLINE.map((key) => definitions.find((one) => one.key === key)).filter(
    (one) => one !== undefined,
  );
  if (!kpis || shown.length === 0) return <Skeleton h="4.25rem" mb="md" />;
  return (
    <dl className={classes.headline}>
      {shown.map((definition) => (
        <div key={definition.key}>
          <dt>
            <FigureName definition={definition} />
          </dt>
          <dd data-testid={`total-${definition.key}`}>
            <Figure definition={definition} kpis={kpis} search={behind} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
