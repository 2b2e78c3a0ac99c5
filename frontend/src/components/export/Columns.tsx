/** The columns of a file, in their order: added from a list, moved and taken out without a mouse. */
import { Button, Group, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ListButtons } from '@/components/ListButtons';
import classes from './Columns.module.css';
import type { Column } from './types';

interface ColumnsProps {
  all: Column[];
  chosen: string[];
  onChange: (keys: string[]) => void;
  onUsual: () => void;
}

export function moved(keys: readonly string[], from: number, to: number): string[] {
  const next = [...keys];
  const [key] = next.splice(from, 1);
  if (key !== undefined) next.splice(to, 0, key);
  return next;
}

export function Columns({ all, chosen, onChange, onUsual }: ColumnsProps) {
  const { t } = useTranslation('exports');
  const labels = new Map(all.map(({ key, label }) => [key, label]));
  const left = all.filter(({ key }) => !chosen.includes(key));
  const groups = [...new Set(left.map(({ group }) => group))];
  return (
    <section aria-label={t('columns')}>
      <Group justify="space-between" mb={6}>
        <Text size="sm" fw={600}>
          {t('columnsChosen', { count: chosen.length })}
        </Text>
        <Group gap="xs">
          <Button size="compact-xs" variant="subtle" onClick={onUsual}>
            {t('usual')}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => onChange([...chosen, ...left.map(({ key }) => key)])}
          >
            {t('all')}
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => onChange([])}>
            {t('none')}
          </Button>
        </Group>
      </Group>
      {chosen.length > 0 && (
        <ol className={classes.list} data-testid="export-columns" aria-label={t('columns')}>
          {chosen.map((key, index) => (
            <li key={key} className={classes.line}>
              <span className={classes.name} title={labels.get(key)}>
                {labels.get(key)}
              </span>
              <ListButtons
                name={labels.get(key) ?? key}
                index={index}
                count={chosen.length}
                onMove={(to) => onChange(moved(chosen, index, to))}
                onRemove={() => onChange(chosen.filter((other) => other !== key))}
              />
            </li>
          ))}
        </ol>
      )}
      <Select
        mt="xs"
        aria-label={t('add')}
        placeholder={left.length ? t('add') : t('allChosen')}
        disabled={left.length === 0}
        searchable
        value={null}
        onChange={(key) => key && onChange([...chosen, key])}
        data={groups.map((group) => ({
          group: t(`group.${group}`),
          items: left
            .filter((column) => column.group === group)
            .map(({ key, label }) => ({ value: key, label })),
        }))}
      />
    </section>
  );
}
