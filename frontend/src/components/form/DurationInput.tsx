/** A length of time typed as a number and a unit, held in seconds. */
import { Group, Input, NumberInput, Select } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

const UNITS = { s: 1, min: 60, h: 3600, d: 86_400 } as const;
export type Unit = keyof typeof UNITS;

/** The largest unit that holds the value in whole numbers. */
export function unitOf(seconds: number, among: readonly Unit[]): Unit {
  const fit = [...among].reverse().find((unit) => seconds >= UNITS[unit] && seconds % UNITS[unit] === 0);
  return fit ?? among[0] ?? 's';
}

interface DurationInputProps {
  label?: string;
  'aria-label'?: string;
  description?: string;
  value: number;
  onChange: (seconds: number) => void;
  units?: readonly Unit[];
  min?: number;
  max?: number;
  error?: string | undefined;
  disabled?: boolean;
  size?: 'xs' | 'sm';
}

export function DurationInput({
  label,
  description,
  value,
  onChange,
  units = ['s', 'min', 'h', 'd'],
  min = 0,
  max,
  error,
  disabled,
  size = 'sm',
  ...rest
}: DurationInputProps) {
  const { t } = useTranslation('forms');
  const id = useId();
  const [unit, setUnit] = useState<Unit>(() => unitOf(value, units));
  const name = label ?? rest['aria-label'] ?? '';
  const factor = UNITS[unit];
  const type = (typed: string | number): void => {
    if (typed === '') return;
    onChange(Math.max(min, Math.min(max ?? Infinity, Math.round(Number(typed) * factor))));
  };
  return (
    <Input.Wrapper id={id} label={label} description={description} error={error} size={size}>
      <Group gap={4} wrap="nowrap" mt={description ? 4 : 0}>
        <NumberInput
          id={id}
          size={size}
          w={84}
          value={Number((value / factor).toFixed(2))}
          onChange={type}
          min={min / factor}
          step={1}
          disabled={disabled ?? false}
          aria-label={label ? undefined : name}
        />
        {units.length === 1 ? (
          <Input.Description size={size}>{t(`unit.${unit}`)}</Input.Description>
        ) : (
          <Select
            size={size}
            w={112}
            disabled={disabled ?? false}
            aria-label={t('unitOf', { field: name })}
            data={units.map((code) => ({ value: code, label: t(`unit.${code}`) }))}
            value={unit}
            onChange={(code) => setUnit(code as Unit)}
            comboboxProps={{ withinPortal: true }}
          />
        )}
      </Group>
    </Input.Wrapper>
  );
}
