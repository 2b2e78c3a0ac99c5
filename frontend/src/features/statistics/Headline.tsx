/** The period in a few figures. */
import { Figure, FigureName } from './Figure';
import { HEADLINE } from './figures';
import classes from './Statistics.module.css';
import type { Definition, Kpis } from './types';

interface HeadlineProps {
  /** Undefined while they are counted for the first time: their place is kept. */
  kpis: Kpis | undefined;
  definitions: Definition[];
  behind: Record<string, string>;
}

export function Headline({ kpis, definitions, behind }: HeadlineProps) {
  const shown = HEADLINE.map((key) => definitions.find((one) => one.key === key)).filter(
    (one) => one !== undefined,
  );
  if (shown.length === 0) return null;
  return (
    <dl className={classes.headline}>
      {shown.map((definition) => (
        <div key={definition.key}>
          <dt>
            <FigureName definition={definition} />
          </dt>
          <dd data-testid={`total-${definition.key}`}>
            {kpis ? <Figure definition={definition} kpis={kpis} search={behind} /> : '…'}
          </dd>
        </div>
      ))}
    </dl>
  );
}
