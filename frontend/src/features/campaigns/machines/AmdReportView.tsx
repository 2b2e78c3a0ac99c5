/** What the detection did to real people, as far as agents could check it. */
import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { formatNumber, formatShare } from '@/lib/format/number';
import { amdReportQuery } from '../queries';
import type { AmdReport } from '../types';
import { lostPersons } from './report';

export function AmdReportView({ campaignId }: { campaignId: number }) {
  const { t } = useTranslation('campaigns');
  const { data, error, refetch } = useQuery(amdReportQuery(campaignId));
  if (error) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <Text size="sm" c="dimmed">
        {t('common:loading')}
      </Text>
    );
  return (
    <div data-testid="amd-report">
      {data.screened === 0 ? (
        <Text size="sm" c="dimmed">
          {t('machines.report.none')}
        </Text>
      ) : (
        <Sentences report={data} />
      )}
    </div>
  );
}

function Sentences({ report }: { report: AmdReport }) {
  const { t } = useTranslation('campaigns');
  const lost = lostPersons(report);
  const sentences = [
    t('machines.report.screened', {
      count: report.screened,
      machines: formatNumber(report.machines),
      share: formatShare(report.machines / report.screened),
    }),
    lost
      ? t('machines.report.checked', {
          count: report.checked,
          persons: formatNumber(report.false_machines),
          share: formatShare(report.false_share),
          low: formatShare(report.false_share_low),
          high: formatShare(report.false_share_high),
        })
      : report.machines > 0 && t('machines.report.unchecked'),
    lost &&
      t('machines.report.lost', {
        count: lost.about,
        low: formatNumber(lost.low),
        high: formatNumber(lost.high),
      }),
    t('machines.report.missed', { count: report.missed_machines }),
  ];
  return (
    <List size="sm" spacing={4}>
      {sentences.filter(Boolean).map((sentence) => (
        <List.Item key={String(sentence)}>{sentence}</List.Item>
      ))}
    </List>
  );
}
