/** A list of settings with what it is for, a way to add, and a drawer in which one is changed. */
import { Button, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Settings.module.css';

interface ListSectionProps {
  title: string;
  help: string;
  add?: string;
  onAdd?: () => void;
  children: ReactNode;
}

export function ListSection({ title, help, add, onAdd, children }: ListSectionProps) {
  return (
    <section className={classes.list} aria-label={title}>
      <div className={classes.head}>
        <div>
          <Title order={2}>{title}</Title>
          <Text size="sm" c="dimmed" maw={720}>
            {help}
          </Text>
        </div>
        {onAdd && (
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={onAdd}
            style={{ flex: 'none' }}
            data-testid="add"
          >
            {add}
          </Button>
        )}
      </div>
      {children}
    </section>
  );
}

/** The table takes what height is left. */
export function TableArea({ children }: { children: ReactNode }) {
  return <div className={classes.table}>{children}</div>;
}

/** Title, help and words of the adding button of a section. */
export function useSection(code: string): { title: string; help: string; add: string } {
  const { t } = useTranslation('settings');
  return {
    title: t(`section.${code}`),
    help: t(`help.${code}`),
    add: t(`add.${code}`, { defaultValue: '' }),
  };
}
