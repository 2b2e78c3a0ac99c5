/** The value of one condition, by the field's kind and its operator. */
import {
  Group,
  MultiSelect,
  type MultiSelectProps,
  NumberInput,
  Select,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBatchChoices } from '@/components/pickers/batches';
import { decimalPoint } from '@/lib/format/number';
import { pickedDay } from '@/lib/format/picked';
import type { Names } from './names';
import type { Field, Line, Value } from './tree';

interface ValueInputProps {
  line: Line;
  field: Field;
  names: Names;
  onChange: (value: Value | null) => void;
}

export function ValueInput({ line, field, names, onChange }: ValueInputProps) {
  const { t } = useTranslation('search');
  const common = { size: 'xs' as const, 'aria-label': t('valueOf', { field: names.field(field) }) };
  if (line.op === 'known' || field.kind === 'yes_no')
    return (
      <Select
        {...common}
        w={110}
        data={[
          { value: '1', label: t('yes') },
          { value: '0', label: t('no') },
        ]}
        value={line.value === false ? '0' : '1'}
        onChange={(value) => onChange(value === '1')}
      />
    );
  if (line.op === 'one_of') return <OneOf {...{ line, field, names, onChange }} />;
  if (line.op === 'last_days' || line.op === 'next_days' || line.op === 'before_days')
    return (
      <NumberInput
        {...common}
        w={130}
        min={0}
        max={36_500}
        allowDecimal={false}
        suffix={` ${t('days')}`}
        value={typeof line.value === 'number' ? line.value : ''}
        onChange={(value) => onChange(typeof value === 'number' ? value : null)}
      />
    );
  if (field.kind === 'number') return <Numbers {...{ line, field, names, onChange }} />;
  if (field.kind === 'date' || field.kind === 'moment') return <Days {...{ line, field, names, onChange }} />;
  return <Typed key={line.field} value={line.value} onChange={onChange} label={common['aria-label']} />;
}

/** Text is asked once typing pauses, or elsewhere has the focus. */
function Typed({
  value,
  onChange,
  label,
}: {
  value: Value | null;
  onChange: (value: Value | null) => void;
  label: string;
}) {
  const [typed, setTyped] = useState(typeof value === 'string' ? value : '');
  useEffect(() => {
    if (typed === (value ?? '')) return;
    const timer = setTimeout(() => onChange(typed || null), 350);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <TextInput
      size="xs"
      w={260}
      maxLength={200}
      aria-label={label}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => typed !== (value ?? '') && onChange(typed || null)}
    />
  );
}

function OneOf({ line, field, names, onChange }: ValueInputProps) {
  const { t } = useTranslation('search');
  const chosen = Array.isArray(line.value) ? line.value.map(String) : [];
  const common = {
    size: 'xs' as const,
    miw: 260,
    maw: 420,
    'aria-label': t('valueOf', { field: names.field(field) }),
    value: chosen,
    clearable: true,
  };
  if (field.kind === 'text')
    return (
      <TagsInput
        {...common}
        placeholder={chosen.length ? '' : t('typeValues')}
        onChange={(values) => onChange(values)}
      />
    );
  if (field.source === 'batches')
    return <Batches {...common} onChange={(values) => onChange(values.map(Number))} />;
  const pick = (values: string[]): void => onChange(field.kind === 'ref' ? values.map(Number) : values);
  return (
    <MultiSelect
      {...common}
      searchable
      data={names.choices(field)}
      nothingFoundMessage={t('noChoice')}
      placeholder={chosen.length ? '' : t('choose')}
      onChange={pick}
    />
  );
}

/** However old: the server finds them by what is typed. */
function Batches({ value, ...rest }: MultiSelectProps & { value: string[] }) {
  const { t } = useTranslation('search');
  return (
    <MultiSelect
      {...rest}
      {...useBatchChoices(value)}
      value={value}
      nothingFoundMessage={t('noChoice')}
      placeholder={value.length ? '' : t('choose')}
    />
  );
}

function Numbers({ line, field, names, onChange }: ValueInputProps) {
  const { t } = useTranslation('search');
  const label = t('valueOf', { field: names.field(field) });
  const number = (value: unknown): number | '' => (typeof value === 'number' ? value : '');
  const input = (value: unknown, name: string, change: (value: number | '') => void) => (
    <NumberInput
      size="xs"
      w={110}
      aria-label={name}
      decimalSeparator={decimalPoint()}
      value={number(value)}
      onChange={(next) => change(typeof next === 'number' ? next : '')}
    />
  );
  if (line.op !== 'between')
    return input(line.value, label, (value) => onChange(value === '' ? null : value));
  const [low, high] = Array.isArray(line.value) ? line.value : ['', ''];
  return (
    <Group gap={4} wrap="nowrap">
      {input(low, t('low'), (value) => onChange([value, high ?? '']))}
      <span>{t('and')}</span>
      {input(high, t('high'), (value) => onChange([low ?? '', value]))}
    </Group>
  );
}

function Days({ line, field, names, onChange }: ValueInputProps) {
  const { t } = useTranslation('search');
  const common = {
    size: 'xs' as const,
    w: line.op === 'between' ? 230 : 150,
    valueFormat: pickedDay(),
    placeholder: t('choose'),
    'aria-label': t('valueOf', { field: names.field(field) }),
  };
  if (line.op === 'between') {
    const [from, to] = Array.isArray(line.value) ? line.value.map(String) : [];
    return (
      <DatePickerInput
        {...common}
        type="range"
        allowSingleDateInRange
        value={[from || null, to || null]}
        onChange={([first, last]) => onChange(first || last ? [first ?? '', last ?? ''] : null)}
      />
    );
  }
  return (
    <DatePickerInput
      {...common}
      value={typeof line.value === 'string' ? line.value : null}
      onChange={(day) => onChange(day)}
    />
  );
}
