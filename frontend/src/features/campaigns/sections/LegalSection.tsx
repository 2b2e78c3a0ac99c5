/** Why the campaign may call, for whom, and on which days off: what the judge asks of each record. */
import { Alert, Checkbox, Radio, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Below } from '@/components/Below';
import { wordingQuery } from '@/components/consents/queries';
import { Section } from '@/components/form/Section';
import { PrincipalPicker } from '@/components/pickers/PrincipalPicker';
import type { Draft } from '../draft';
import { BASES, SECTORS } from '../types';
import { WordingSection } from './WordingSection';

interface LegalSectionProps {
  campaignId: number;
  fields: Draft['fields'];
  errors: Record<string, string>;
  onChange: (fields: Draft['fields']) => void;
}

export function LegalSection({ campaignId, fields, errors, onChange }: LegalSectionProps) {
  const { t } = useTranslation('consents');
  const wording = useQuery(wordingQuery(campaignId));
  const set = (change: Partial<Draft['fields']>): void => onChange({ ...fields, ...change });
  const isBanned =
    fields.audience === 'b2c' && fields.sector !== '' && ['consent', 'business'].includes(fields.basis);
  return (
    <>
      <Section title={t('legal.basis')} help={t('legal.basisHelp')}>
        <Radio.Group
          aria-label={t('legal.basis')}
          value={fields.basis}
          error={errors['basis']}
          onChange={(value) => set({ basis: value as Draft['fields']['basis'] })}
        >
          <Stack gap="xs">
            {BASES.map((code) => (
              <Radio
                key={code}
                value={code}
                label={t(`basis.${code}`)}
                description={t(`basisHelp.${code}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {fields.audience === 'b2c' && fields.basis === 'business' && (
          <Alert color="yellow" py="xs">
            {t('legal.businessForPersons')}
          </Alert>
        )}
      </Section>
      <Section title={t('principal.label')} help={t('legal.principalHelp')}>
        <PrincipalPicker
          value={fields.principal_id}
          error={errors['principal_id']}
          onChange={(principal_id) => set({ principal_id })}
        />
      </Section>
      <Section title={t('legal.sector')} help={t('legal.sectorHelp')}>
        <Select
          aria-label={t('legal.sector')}
          maw={420}
          allowDeselect={false}
          data={SECTORS.map((code) => ({ value: code, label: t(`sector.${code || 'other'}`) }))}
          value={fields.sector}
          onChange={(value) => set({ sector: (value ?? '') as Draft['fields']['sector'] })}
        />
        {isBanned && (
          <Alert color="red" py="xs" data-testid="banned-sector">
            {t('legal.banned')}
          </Alert>
        )}
      </Section>
      <WordingSection campaignId={campaignId} />
      <Below waits={wording.isPending}>
        <Section title={t('legal.daysOff')} help={t('legal.daysOffHelp')}>
          <Checkbox
            label={t('legal.onDaysOff')}
            description={fields.audience === 'b2b' ? t('legal.onDaysOffHelp') : t('legal.onDaysOffNever')}
            disabled={fields.audience !== 'b2b'}
            checked={fields.audience === 'b2b' && fields.on_days_off}
            onChange={(event) => set({ on_days_off: event.currentTarget.checked })}
          />
          <Checkbox
            label={t('legal.regional')}
            description={t('legal.regionalHelp')}
            checked={fields.regional_days_off}
            onChange={(event) => set({ regional_days_off: event.currentTarget.checked })}
          />
        </Section>
      </Below>
    </>
  );
}
