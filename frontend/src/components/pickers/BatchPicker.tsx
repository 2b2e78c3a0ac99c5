/** One batch, however old: found by what is typed of its name or its file's. */
import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useBatchChoices } from './batches';

interface BatchPickerProps extends Omit<SelectProps, 'value' | 'onChange' | 'data'> {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}

export function BatchPicker({ value, onChange, ...rest }: BatchPickerProps) {
  const { t } = useTranslation('forms');
  const choices = useBatchChoices(value ? [value] : []);
  return (
    <Select
      nothingFoundMessage={t('noBatch')}
      comboboxProps={{ width: 360, position: 'bottom-start' }}
      {...rest}
      {...choices}
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  );
}
