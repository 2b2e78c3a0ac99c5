/** One agent, or all of them. */
import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAgentChoices } from '@/lib/api/names';

interface AgentPickerProps extends Omit<SelectProps, 'value' | 'onChange' | 'data'> {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}

export function AgentPicker({ value, onChange, ...rest }: AgentPickerProps) {
  const { t } = useTranslation('forms');
  const data = useAgentChoices();
  return (
    <Select
      aria-label={rest.label ? undefined : t('agent')}
      placeholder={t('anyAgent')}
      searchable
      clearable
      {...rest}
      data={data}
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  );
}
