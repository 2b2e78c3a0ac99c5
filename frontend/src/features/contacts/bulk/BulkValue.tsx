/** The one value that all will have; nothing typed clears the field. */
import { NumberInput, Select, TextInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { decimalPoint } from '@/lib/format/number';
import { pickedDay } from '@/lib/format/picked';
import type { CustomField } from '../types';

interface BulkValueProps {
  /** Undefined: a standard field. */
  custom: CustomField | undefined;
  value: string | number | boolean | null;
  onChange: (value: string | number | boolean | null) => void;
}

export function BulkValue({ custom, value, onChange }: BulkValueProps) {
  const { t } = useTranslation('search');
  const common = { size: 'xs' as const, w: 240, label: t('bulk.value'), placeholder: t('bulk.cleared') };
  switch (custom?.kind) {
    case 'number':
      return (
        <NumberInput
          {...common}
          decimalSeparator={decimalPoint()}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(typeof next === 'number' ? next : null)}
        />
      );
    case 'date':
      return (
        <DatePickerInput
          {...common}
          clearable
          valueFormat={pickedDay()}
          value={typeof value === 'string' ? value : null}
          onChange={onChange}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          clearable
          data={custom.choices}
          value={typeof value === 'string' ? value : null}
          onChange={onChange}
        />
      );
    case 'yes_no':
      return (
        <Select
          {...common}
          clearable
          data={[
            { value: '1', label: t('yes') },
            { value: '0', label: t('no') },
          ]}
          value={value === null ? null : value ? '1' : '0'}
          onChange={(next) => onChange(next === null ? null : next === '1')}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          maxLength={4000}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
  }
}
