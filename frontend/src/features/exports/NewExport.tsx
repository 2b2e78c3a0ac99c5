/** A file begun from the screen of exports: what, of which campaign, of which days. */
import { Group, Input, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ExportDrawer } from '@/components/export/ExportDrawer';
import { type Subject, SUBJECTS } from '@/components/export/types';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import { type Period, PeriodPicker } from '@/components/pickers/PeriodPicker';
import { given, toId } from '@/lib/api/given';
import { addDays, startOfDay } from '@/lib/format/day';

/** The names that each subject gives to the ends of a period; contacts have none. */
const ENDS: Record<Subject, [string, string] | null> = {
  contacts: null,
  calls: ['since', 'until'],
  appointments: ['starts_from', 'starts_to'],
  callbacks: ['due_from', 'due_to'],
  answers: ['since', 'until'],
};

export function filtersOf(
  subject: Subject,
  campaign: string | undefined,
  period: Period,
): Record<string, unknown> {
  const [from, to] = ENDS[subject] ?? [];
  return given({
    campaign_id: toId(campaign),
    ...(from && period.from ? { [from]: startOfDay(period.from) } : {}),
    ...(to && period.to ? { [to]: startOfDay(addDays(period.to, 1)) } : {}),
    ...(subject === 'appointments' ? { with_cancelled: true } : {}),
  });
}

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
