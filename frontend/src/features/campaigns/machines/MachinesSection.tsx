/** Answering machines: whether they are told from persons, what they get, and what that did to people. */
import { NumberInput, Radio, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/form/Section';
import { decimalPoint, percentSuffix } from '@/lib/format/number';
import { AnnouncementBox } from '../announcements/AnnouncementBox';
import type { Draft } from '../draft';
import { percent, share } from '../percent';
import type { Campaign } from '../types';
import { AmdAdvanced } from './AmdAdvanced';
import { AmdReportView } from './AmdReportView';

interface MachinesSectionProps {
  campaign: Campaign;
  fields: Draft['fields'];
  onChange: (fields: Draft['fields']) => void;
}

export function MachinesSection({ campaign, fields, onChange }: MachinesSectionProps) {
  const { t } = useTranslation('campaigns');
  const set = (change: Partial<Draft['fields']>): void => onChange({ ...fields, ...change });
  return (
    <>
      <Section title={t('machines.title')} help={t('machines.help')}>
        <Switch
          label={t('machines.on')}
          description={t('machines.onHelp')}
          checked={fields.amd_enabled}
          onChange={(event) => set({ amd_enabled: event.currentTarget.checked })}
          data-testid="amd-enabled"
        />
        {fields.amd_enabled && (
          <>
            <Radio.Group
              label={t('machines.timing')}
              mt="xs"
              value={fields.amd_timing}
              onChange={(value) => set({ amd_timing: value as Draft['fields']['amd_timing'] })}
            >
              <Stack gap="xs" mt={6}>
                {(['before', 'during'] as const).map((code) => (
                  <Radio
                    key={code}
                    value={code}
                    label={t(`machines.when.${code}`)}
                    description={t(`machines.whenHelp.${code}`)}
                  />
                ))}
              </Stack>
            </Radio.Group>
            <NumberInput
              mt="xs"
              label={t('machines.check')}
              description={t('machines.checkHelp')}
              styles={{ wrapper: { maxWidth: '12.5rem' } }}
              min={0}
              max={50}
              decimalScale={1}
              decimalSeparator={decimalPoint()}
              suffix={percentSuffix()}
              clampBehavior="strict"
              value={percent(fields.amd_check_share)}
              onChange={(typed) => typed !== '' && set({ amd_check_share: share(Number(typed)) })}
            />
          </>
        )}
      </Section>
      {(fields.amd_enabled || fields.machine_action === 'message') && (
        <MachineGets campaign={campaign} fields={fields} set={set} />
      )}
      {fields.amd_enabled && (
        <Section title={t('machines.advanced.title')} help={t('machines.advanced.help')}>
          <AmdAdvanced
            value={fields.amd_settings}
            usual={campaign.amd_usual}
            onChange={(amd_settings) => set({ amd_settings })}
          />
        </Section>
      )}
      <Section title={t('machines.report.title')} help={t('machines.report.help')}>
        <AmdReportView campaignId={campaign.id} />
      </Section>
    </>
  );
}

interface MachineGetsProps {
  campaign: Campaign;
  fields: Draft['fields'];
  set: (change: Partial<Draft['fields']>) => void;
}

function MachineGets({ campaign, fields, set }: MachineGetsProps) {
  const { t } = useTranslation('campaigns');
  const toConsumers = fields.audience === 'b2c';
  const announcement = campaign.announcements.find(({ kind }) => kind === 'machine');
  return (
    <Section title={t('machines.gets')}>
      <Radio.Group
        aria-label={t('machines.gets')}
        value={fields.machine_action}
        onChange={(value) => set({ machine_action: value as Draft['fields']['machine_action'] })}
      >
        <Stack gap="xs">
          {(['hang_up', 'message'] as const).map((code) => (
            <Radio
              key={code}
              value={code}
              disabled={code === 'message' && toConsumers}
              label={t(`machines.action.${code}`)}
              description={t(
                code === 'message' && toConsumers
                  ? 'machines.actionHelp.consumers'
                  : `machines.actionHelp.${code}`,
              )}
            />
          ))}
        </Stack>
      </Radio.Group>
      {(fields.machine_action === 'message' || announcement) && (
        <AnnouncementBox campaign={campaign} kind="machine" announcement={announcement} />
      )}
    </Section>
  );
}
