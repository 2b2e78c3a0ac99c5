/** A document read on the screen as it is on paper: sections of labelled lines, in the server's words. */
import { Text, Title } from '@mantine/core';
import type { components } from '@/lib/api/schema';
import classes from './TextSections.module.css';

type Part = components['schemas']['TextSection'];

interface TextSectionsProps {
  sections: Part[];
  /** Code of a long section that opens on demand. */
  closed?: string;
  'data-testid'?: string;
}

export function TextSections({ sections, closed, ...data }: TextSectionsProps) {
  return (
    <div className={classes.document} {...data}>
      {sections.map((part) =>
        part.code === closed ? (
          <details key={part.code} data-testid={`section-${part.code}`}>
            <summary>{`${part.title} (${part.lines.length})`}</summary>
            <Lines part={part} />
          </details>
        ) : (
          <div key={part.code} data-testid={`section-${part.code}`}>
            <Title order={3} size="h4">
              {part.title}
            </Title>
            <Lines part={part} />
          </div>
        ),
      )}
    </div>
  );
}

function Lines({ part }: { part: Part }) {
  const facts = part.lines.filter(({ label }) => label);
  return (
    <>
      {facts.length > 0 && (
        <dl className={classes.lines}>
          {facts.map(({ label, text }, index) => (
            <div key={`${label}${index}`}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {part.lines
        .filter(({ label }) => !label)
        .map(({ text }) => (
          <Text key={text} size="sm" mt={4}>
            {text}
          </Text>
        ))}
    </>
  );
}
