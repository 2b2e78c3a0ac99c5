/** A part of a form: what it is about and its help at the left, its fields at the right. `stacked`: fields over the whole width. */
import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Section.module.css';

interface SectionProps {
  title: string;
  help?: ReactNode;
  stacked?: boolean;
  children: ReactNode;
}

export function Section({ title, help, stacked, children }: SectionProps) {
  return (
    <section className={classes.section} data-stacked={stacked || undefined} aria-label={title}>
      <div>
        <Title order={2} size="h3">
          {title}
        </Title>
        {help && (
          <Text size="xs" c="dimmed" mt={4} maw={stacked ? 720 : undefined}>
            {help}
          </Text>
        )}
      </div>
      <div className={classes.fields}>{children}</div>
    </section>
  );
}
