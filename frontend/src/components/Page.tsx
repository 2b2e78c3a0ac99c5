/** The frame of a manager's page: title, actions at its right, and the content. `fill` gives the content the rest of the height. */
import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Page.module.css';

interface PageProps {
  title: ReactNode;
  actions?: ReactNode;
  fill?: boolean;
  children: ReactNode;
}

export function Page({ title, actions, fill, children }: PageProps) {
  return (
    <div className={classes.page} data-fill={fill || undefined}>
      <Group justify="space-between" mb="md" wrap="nowrap" className={classes.head}>
        <Title order={1}>{title}</Title>
        <Group gap="sm" wrap="nowrap">
          {actions}
        </Group>
      </Group>
      {children}
    </div>
  );
}
