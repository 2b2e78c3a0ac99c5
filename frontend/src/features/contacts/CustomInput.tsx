/** A field of this floor's own, typed as its kind wants. An emptied field is null. */
import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { OpenLink } from '@/components/OpenLink';
import { decimalPoint } from '@/lib/format/number';
import classes from './Contact.module.css';
import type { CustomField } from './types';

interface CustomInputProps {
  field: CustomField;
  value: unknown;
  error: string | undefined;
  /** The same function at each drawing: only a field whose own value changes is drawn again. */
  onChange: (key: string, value: unknown) => void;
}

export const CustomInput = memo(function CustomInput({ field, value, error, onChange }: CustomInputProps) {
  const { t } = useTranslation('contacts');
  const give = (given: unknown) => onChange(field.key, given);
  const text = value === null || value === undefined ? '' : String(value);
  const shared = { label: field.label, error };
  switch (field.kind) {
    case 'number':
      return (
        <NumberInput
          {...shared}
          hideControls
          decimalSeparator={decimalPoint()}
          value={text}
          onChange={(typed) => give(typed === '' ? null : Number(typed))}
        />
      );
    case 'date':
      return (
        <DateInput
          {...shared}
          clearable
          valueFormat="D MMM YYYY"
          value={text || null}
          onChange={(day) => give(day)}
        />
      );
    case 'choice':
      return (
        <Select
          {...shared}
          clearable
          searchable
          data={[...new Set([...field.choices, ...(text ? [text] : [])])]}
          value={text || null}
          onChange={give}
        />
      );
    case 'yes_no':
      return (
        <Select
          {...shared}
          clearable
          data={[
            { value: 'true', label: t('common:actions.yes') },
            { value: 'false', label: t('common:actions.no') },
          ]}
          value={text || null}
          onChange={(chosen) => give(chosen === null ? null : chosen === 'true')}
        />
      );
    case 'link':
      return (
        <TextInput
          {...shared}
          type="url"
          value={text}
          onChange={(event) => give(event.currentTarget.value || null)}
          rightSection={<OpenLink address={text} name={field.label} />}
        />
      );
    default:
      return (
        // Of as many lines as the text has: one line would run them together, and a long text would be seen in part.
        <Textarea
          {...shared}
          rows={1}
          classNames={{ input: classes.grows ?? '' }}
          value={text}
          onChange={(event) => give(event.currentTarget.value || null)}
        />
      );
  }
});
