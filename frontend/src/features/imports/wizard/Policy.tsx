/** What to do with contacts that are there already, and which campaign's queue to feed. */
import { Checkbox, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/form/Section';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import type { ImportStart } from '../types';

export interface PolicyValues {
  name: string;
  duplicates: NonNullable<ImportStart['duplicates']>;
  match_by: NonNullable<ImportStart['match_by']>;
  campaign_id: number | null;
}

const POLICIES = ['ignore', 'fill', 'update', 'keep'] as const;

export function Policy({
  value,
  onChange,
}: {
  value: PolicyValues;
  onChange: (value: PolicyValues) => void;
}) {
  const { t } = useTranslation('imports');
  const set = (change: Partial<PolicyValues>): void => onChange({ ...value, ...change });
  return (
    <>
      <Section title={t('wizard.duplicates')} help={t('wizard.duplicatesHelp')}>
        <Checkbox.Group
          label={t('wizard.matchBy')}
          value={value.match_by}
          onChange={(match) => set({ match_by: match as PolicyValues['match_by'] })}
        >
          <Group mt={6}>
            <Checkbox value="phone" label={t('wizard.matchPhone')} />
            <Checkbox value="client_code" label={t('wizard.matchCode')} />
          </Group>
        </Checkbox.Group>
        <Radio.Group
          label={t('wizard.duplicatesLabel')}
          value={value.duplicates}
          onChange={(duplicates) => set({ duplicates: duplicates as PolicyValues['duplicates'] })}
        >
          <Stack gap="xs" mt={6}>
            {POLICIES.map((code) => (
              <Radio
                key={code}
                value={code}
                label={t(`duplicates.${code}`)}
                description={t(`duplicatesHelp.${code}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
      </Section>
      <Section title={t('wizard.campaign')} help={t('wizard.campaignHelp')}>
        <CampaignPicker
          label={t('wizard.campaignLabel')}
          placeholder={t('wizard.noCampaign')}
          value={value.campaign_id === null ? undefined : String(value.campaign_id)}
          onChange={(id) => set({ campaign_id: id ? Number(id) : null })}
          maw={360}
        />
        <TextInput
          label={t('wizard.name')}
          description={t('wizard.nameHelp')}
          maxLength={200}
          maw={360}
          value={value.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      </Section>
    </>
  );
}
