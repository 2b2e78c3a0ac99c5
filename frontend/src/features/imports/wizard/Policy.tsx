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
  against: NonNullable<ImportStart['against']>;
  campaign_id: number | null;
  save_mapping_as: string;
}

const KEYS = ['phone', 'email', 'client_code', 'siret', 'name'] as const;
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
            {KEYS.map((key) => (
              <Checkbox key={key} value={key} label={t(`matchBy.${key}`)} />
            ))}
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
        {value.campaign_id !== null && value.duplicates === 'ignore' && (
          <Checkbox
            label={t('wizard.known')}
            description={t('wizard.knownHelp')}
            checked={value.against === 'campaign'}
            onChange={(event) => set({ against: event.currentTarget.checked ? 'campaign' : 'base' })}
            data-testid="feed-known"
          />
        )}
        <TextInput
          label={t('wizard.name')}
          description={t('wizard.nameHelp')}
          maxLength={200}
          maw={360}
          value={value.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('mappings.saveAs')}
          description={t('mappings.saveAsHelp')}
          maxLength={120}
          maw={360}
          value={value.save_mapping_as}
          onChange={(event) => set({ save_mapping_as: event.currentTarget.value })}
          data-testid="save-mapping-as"
        />
      </Section>
    </>
  );
}
