/** What is chosen among those found, and what to do with them: each act asks in its own place, and says the number. */
import { Button, Checkbox, Group, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from '@/components/filter/tree';
import { BulkForm } from './BulkForm';
import classes from './Bulk.module.css';
import type { Kind } from '@/lib/api/bulk-actions';
import { EVERYBODY, isEmpty, NONE, type Selection } from './selection';

interface SelectionBarProps {
  filter: Filter;
  /** Null: more than are counted; undefined: not known yet. */
  total: number | null | undefined;
  selection: Selection;
  onChange: (selection: Selection) => void;
}

const KINDS: Kind[] = ['assign', 'withdraw', 'change', 'do_not_call', 'erase'];

export function SelectionBar({ filter, total, selection, onChange }: SelectionBarProps) {
  const { t } = useTranslation('search');
  const [kind, setKind] = useState<Kind | null>(null);
  /** Has the focus again when its form is left. */
  const opener = useRef<HTMLButtonElement>(null);
  const empty = isEmpty(selection);
  if (empty && kind) setKind(null);
  const chosen = selection.all
    ? total === null || total === undefined
      ? t('select.all')
      : t('select.some', { count: Math.max(total - selection.ids.size, 0) })
    : t('select.some', { count: selection.ids.size });
  return (
    <div className={classes.bar}>
      <Group gap="sm">
        <Checkbox
          size="xs"
          label={empty ? t('select.everybody') : chosen}
          checked={selection.all && selection.ids.size === 0}
          indeterminate={!empty && !(selection.all && selection.ids.size === 0)}
          disabled={total === 0}
          onChange={() => onChange(empty ? EVERYBODY : NONE)}
          data-testid="select-all"
        />
        {!empty &&
          KINDS.map((one) => (
            <Button
              key={one}
              size="compact-xs"
              variant={kind === one ? 'filled' : 'default'}
              {...(one === 'erase' ? { color: 'red' } : {})}
              aria-expanded={kind === one}
              onClick={({ currentTarget }) => {
                opener.current = currentTarget;
                setKind(kind === one ? null : one);
              }}
              data-testid={`bulk-${one}`}
            >
              {t(`bulk.do.${one}`)}
            </Button>
          ))}
        {total === null && (
          <Text size="xs" c="dimmed" ml="auto">
            {t('moreThan')}
          </Text>
        )}
      </Group>
      {kind && (
        <BulkForm
          key={kind}
          kind={kind}
          filter={filter}
          selection={selection}
          onClose={() => {
            setKind(null);
            opener.current?.focus();
          }}
          onDone={() => {
            setKind(null);
            onChange(NONE);
          }}
        />
      )}
    </div>
  );
}
