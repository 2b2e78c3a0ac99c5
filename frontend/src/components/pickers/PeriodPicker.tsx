/** A period of whole days: the usual ones by name, any other by its two ends. */
import { Group, Select } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, dayOf, mondayOf } from '@/lib/format/day';
import { pickedDay } from '@/lib/format/picked';

export interface Period {
  from: string | undefined;
  to: string | undefined;
}

const NAMES = ['today', 'yesterday', 'week', 'last_week', 'month'] as const;
type Name = (typeof NAMES)[number] | 'any' | 'custom';

export function namedPeriod(name: Name, today = dayOf(Date.now())): Period {
  const monday = mondayOf(today);
  switch (name) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'week':
      return { from: monday, to: today };
    case 'last_week':
      return { from: addDays(monday, -7), to: addDays(monday, -1) };
    case 'month':
      return { from: `${today.slice(0, 8)}01`, to: today };
    default:
      return { from: undefined, to: undefined };
  }
}

function nameOf({ from, to }: Period): Name {
  if (!from && !to) return 'any';
  return NAMES.find((name) => namedPeriod(name).from === from && namedPeriod(name).to === to) ?? 'custom';
}

interface PeriodPickerProps {
  value: Period;
  onChange: (period: Period) => void;
  /** Whether "any day" may be chosen. */
  optional?: boolean;
  size?: 'xs' | 'sm';
}

export function PeriodPicker({ value, onChange, optional = false, size = 'xs' }: PeriodPickerProps) {
  const { t } = useTranslation('forms');
  const [custom, setCustom] = useState(false);
  const name = custom ? 'custom' : nameOf(value);
  const choose = (next: string | null): void => {
    setCustom(next === 'custom');
    if (next && next !== 'custom') onChange(namedPeriod(next as Name));
  };
  const names: Name[] = [...(optional ? (['any'] as const) : []), ...NAMES, 'custom'];
  return (
    <Group gap={6} wrap="nowrap">
      <Select
        size={size}
        w={size === 'sm' ? 180 : 150}
        aria-label={t('period.label')}
        value={name}
        onChange={choose}
        data={names.map((code) => ({ value: code, label: t(`period.${code}`) }))}
      />
      {name === 'custom' && (
        <DatePickerInput
          type="range"
          size={size}
          w={220}
          aria-label={t('period.days')}
          placeholder={t('period.days')}
          valueFormat={pickedDay()}
          allowSingleDateInRange
          value={[value.from ?? null, value.to ?? null]}
          onChange={([from, to]) => {
            setCustom(true);
            onChange({ from: from ?? undefined, to: to ?? undefined });
          }}
        />
      )}
    </Group>
  );
}
