/** The same before anything is done: asked as soon as contacts and a campaign are chosen. */
import { Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Counting } from '@/components/Counting';
import { ErrorMessage } from '@/components/ErrorMessage';
import { OutlookText } from './OutlookText';
import { askedOutlookQuery, type Outlook, type OutlookIn } from './queries';

const A_PAUSE_MS = 400;

export function AskedOutlook({ campaign, of: chosen }: { campaign: number; of: OutlookIn }) {
  const { t } = useTranslation('outlook');
  const [settled] = useDebouncedValue(JSON.stringify(chosen), A_PAUSE_MS);
  const of = JSON.parse(settled) as OutlookIn;
  const { data, error, refetch } = useQuery(askedOutlookQuery(campaign, of));
  const [last, setLast] = useState<Outlook>();
  if (error) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data) return <Counting label={t('counting')} />;
  return (
    <Stack gap={2} data-testid="asked-outlook">
      <OutlookText
        outlook={data}
        before={last?.campaign_id === campaign ? last : undefined}
        onDone={setLast}
      />
      <Text size="xs" c="dimmed">
        {t('help')}
      </Text>
    </Stack>
  );
}
