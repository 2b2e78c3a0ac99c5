/** How many of a batch's contacts its campaign may call, and why not the others. */
import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { OutlookText } from '@/components/outlook/OutlookText';
import type { Outlook } from '@/components/outlook/queries';
import { formatDateTime } from '@/lib/format/time';

export function CallableNow({ outlook }: { outlook: Outlook }) {
  const { t } = useTranslation('outlook');
  return (
    <Paper p="md" data-testid="batch-outlook">
      <Title order={2} size="h3" mb="xs">
        {t('title')}
      </Title>
      <OutlookText outlook={outlook} />
      <Text size="xs" c="dimmed" mt={4}>
        {outlook.counted_at && t('countedAt', { when: formatDateTime(outlook.counted_at) })}{' '}
        {outlook.reasons.length > 0 ? t('others') : t('help')}
      </Text>
    </Paper>
  );
}
