/** The advanced search: groups of conditions, each a field, a comparison and a value. */
import { ActionIcon, Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import classes from './FilterPanel.module.css';
import { type Names, useNames } from './names';
import {
  type Catalogue,
  emptyTree,
  type Field,
  firstValue,
  type Line,
  MAX_LEVEL,
  newLine,
  type Op,
  type Tree,
} from './tree';
import { ValueInput } from './ValueInput';

interface FilterPanelProps {
  catalogue: Catalogue;
  tree: Tree;
  onChange: (tree: Tree) => void;
  /** Nothing stands below that it must leave room for. */
  whole?: boolean;
}

export function FilterPanel({ catalogue, tree, onChange, whole }: FilterPanelProps) {
  const { t } = useTranslation('search');
  const names = useNames(catalogue);
  const fields = catalogue.fields.filter(({ kind }) => kind !== 'words');
  return (
    <section
      className={classes.panel}
      data-whole={whole || undefined}
      aria-label={t(whole ? 'criteriaTitle' : 'advanced')}
      data-testid="filter-panel"
    >
      <GroupEditor tree={tree} onChange={onChange} level={1} fields={fields} names={names} />
    </section>
  );
}

interface GroupEditorProps {
  tree: Tree;
  onChange: (tree: Tree) => void;
  onRemove?: () => void;
  level: number;
  fields: Field[];
  names: Names;
}

function GroupEditor({ tree, onChange, onRemove, level, fields, names }: GroupEditorProps) {
  const { t } = useTranslation('search');
  const put = (index: number, item: Line | Tree): void =>
    onChange({ ...tree, items: tree.items.map((one, at) => (at === index ? item : one)) });
  const drop = (index: number): void =>
    onChange({ ...tree, items: tree.items.filter((_, at) => at !== index) });
  const add = (item: Line | Tree): void => onChange({ ...tree, items: [...tree.items, item] });
  const first = fields.find(({ id }) => id === 'city') ?? fields[0];
  return (
    <div className={level > 1 ? classes.group : undefined} role="group" aria-label={t('group')}>
      <Group gap="xs" mb={6}>
        <Text size="xs" c="dimmed">
          {t('contactsThat')}
        </Text>
        <SegmentedControl
          size="xs"
          value={tree.join}
          onChange={(join) => onChange({ ...tree, join: join as Tree['join'] })}
          data={[
            { value: 'all', label: t('all') },
            { value: 'any', label: t('any') },
          ]}
        />
        {level > 1 && (
          <>
            <SegmentedControl
              size="xs"
              value={tree.not ? 'not' : 'is'}
              onChange={(value) => onChange({ ...tree, not: value === 'not' })}
              data={[
                { value: 'is', label: t('kept') },
                { value: 'not', label: t('excluded') },
              ]}
            />
            <ActionIcon color="gray" size="sm" aria-label={t('removeGroup')} onClick={onRemove}>
              <IconTrash size={14} aria-hidden />
            </ActionIcon>
          </>
        )}
      </Group>
      <Stack gap={6}>
        {tree.items.map((item, index) =>
          item.kind === 'group' ? (
            <GroupEditor
              key={index}
              tree={item}
              onChange={(next) => put(index, next)}
              onRemove={() => drop(index)}
              level={level + 1}
              fields={fields}
              names={names}
            />
          ) : (
            <LineEditor
              key={index}
              line={item}
              onChange={(next) => put(index, next)}
              onRemove={() => drop(index)}
              fields={fields}
              names={names}
            />
          ),
        )}
      </Stack>
      <Group gap="xs" mt={6}>
        <Button
          size="compact-xs"
          variant="light"
          leftSection={<IconPlus size={12} aria-hidden />}
          onClick={() => first && add(newLine(first))}
          data-testid={level === 1 ? 'add-criterion' : undefined}
        >
          {t('addLine')}
        </Button>
        {level < MAX_LEVEL && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconPlus size={12} aria-hidden />}
            onClick={() =>
              first &&
              add({ ...emptyTree(), join: tree.join === 'all' ? 'any' : 'all', items: [newLine(first)] })
            }
          >
            {t('addGroup')}
          </Button>
        )}
      </Group>
    </div>
  );
}

interface LineEditorProps {
  line: Line;
  onChange: (line: Line) => void;
  onRemove: () => void;
  fields: Field[];
  names: Names;
}

function LineEditor({ line, onChange, onRemove, fields, names }: LineEditorProps) {
  const { t } = useTranslation('search');
  const field = fields.find(({ id }) => id === line.field);
  const groups = [...new Set(fields.map(({ group }) => group))];
  const choose = (id: string | null): void => {
    const next = fields.find((one) => one.id === id);
    if (next) onChange(newLine(next));
  };
  return (
    <Group
      gap={6}
      wrap="wrap"
      role="group"
      aria-label={field ? names.field(field) : t('gone')}
      data-testid="criterion"
    >
      <Select
        size="xs"
        w={200}
        searchable
        aria-label={t('fieldLabel')}
        data={groups.map((group) => ({
          group: t(`groupOf.${group}`),
          items: fields
            .filter((one) => one.group === group)
            .map((one) => ({ value: one.id, label: names.field(one) })),
        }))}
        value={field ? line.field : null}
        placeholder={t('gone')}
        onChange={choose}
        comboboxProps={{ width: 280, position: 'bottom-start' }}
      />
      {field && (
        <>
          <OpPicker line={line} field={field} onChange={onChange} />
          <ValueInput
            key={`${line.field} ${line.op}`}
            line={line}
            field={field}
            names={names}
            onChange={(value) => onChange({ ...line, value })}
          />
          {field.by_campaign && (
            <CampaignPicker
              size="xs"
              w={190}
              aria-label={t('inCampaign')}
              value={line.campaign ? String(line.campaign) : undefined}
              onChange={(id) => onChange({ ...line, campaign: id ? Number(id) : null })}
            />
          )}
        </>
      )}
      <ActionIcon color="gray" size="sm" aria-label={t('removeLine')} onClick={onRemove}>
        <IconTrash size={14} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

/** A comparison and its opposite are two entries of one list: "contient", "ne contient pas". */
function OpPicker({ line, field, onChange }: { line: Line; field: Field; onChange: (line: Line) => void }) {
  const { t } = useTranslation('search');
  const family =
    field.kind === 'date' || field.kind === 'moment' || field.kind === 'number' ? field.kind : 'text';
  const opposites = (op: Op): boolean => op !== 'known' && field.kind !== 'yes_no';
  const data = field.ops.flatMap((op) => [
    { value: op, label: t([`op.${family}.${op}`, `op.${op}`]) },
    ...(opposites(op) ? [{ value: `not ${op}`, label: t([`notOp.${family}.${op}`, `notOp.${op}`]) }] : []),
  ]);
  const choose = (value: string | null): void => {
    if (!value) return;
    const not = value.startsWith('not ');
    const op = value.replace('not ', '') as Op;
    const value_ = op === line.op ? line.value : firstValue(field, op);
    onChange({ ...line, not, op, value: value_ });
  };
  return (
    <Select
      size="xs"
      w={190}
      aria-label={t('opLabel')}
      data={data}
      value={line.not ? `not ${line.op}` : line.op}
      onChange={choose}
      maxDropdownHeight={360}
    />
  );
}
