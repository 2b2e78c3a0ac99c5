/** One campaign, or all of them. */
import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCampaignChoices } from '@/lib/api/names';

interface CampaignPickerProps extends Omit<SelectProps, 'value' | 'onChange' | 'data'> {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}

export function CampaignPicker({ value, onChange, ...rest }: CampaignPickerProps) {
  const { t } = useTranslation('forms');
  const data = useCampaignChoices();
  return (
    <Select
      aria-label={rest.label ? undefined : t('campaign')}
      placeholder={t('anyCampaign')}
      searchable
      clearable
      {...rest}
      data={data}
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  );
}
