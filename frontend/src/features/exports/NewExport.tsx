/** A file begun from the screen of exports: what, of which campaign, of which days. */
import { Group, Input, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ExportDrawer } from '@/components/export/ExportDrawer';
import { type Subject, SUBJECTS } from '@/components/export/types';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import { type Period, PeriodPicker } from '@/components/pickers/PeriodPicker';
import { ENDS, filtersOf } from './filters';

export function NewExport({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('exports');
  const [subject, setSubject] = useState<Subject>('contacts');
  const [campaign, setCampaign] = useState<string>();
  const [period, setPeriod] = useState<Period>({ from: undefined, to: undefined });
  return (
    <ExportDrawer
      opened={opened}
      onClose={onClose}
      subject={subject}
      filters={filtersOf(subject, campaign, period)}
    >
      <Group grow align="flex-start">
        <Select
          label={t('what')}
          allowDeselect={false}
          value={subject}
          onChange={(next) => setSubject((next ?? 'contacts') as Subject)}
          data={SUBJECTS.map((code) => ({ value: code, label: t(`subject.${code}`) }))}
          data-testid="export-subject"
        />
        <CampaignPicker label={t('ofCampaign')} value={campaign} onChange={setCampaign} />
      </Group>
      {ENDS[subject] && (
        <Input.Wrapper label={t(`period.${subject}`)}>
          <PeriodPicker optional size="sm" value={period} onChange={setPeriod} />
        </Input.Wrapper>
      )}
    </ExportDrawer>
  );
}
