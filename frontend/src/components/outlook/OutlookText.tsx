/** How many of some contacts a campaign may call, and why not the others: "12 403 appelables, 811 sans consentement". */
import { Group, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format/number';
import { furthest, type Outlook, outlookQuery } from './queries';

export function OutlookText({ outlook: given }: { outlook: Outlook }) {
  const { t } = useTranslation('outlook');
  const { data: asked } = useQuery(outlookQuery(given));
  const outlook = furthest(given, asked);
  if (outlook.status === 'counting')
    return (
      <Group gap="xs" role="status">
        <Loader size="xs" aria-hidden />
        <Text size="sm">{t('counting')}</Text>
      </Group>
    );
  if (outlook.status === 'failed')
    return (
      <Text size="sm" c="red" role="alert">
        {t('failed')}
      </Text>
    );
  return (
    <Text size="sm" role="status" data-testid="outlook">
      <strong>{t('callable', { count: outlook.callable, number: formatNumber(outlook.callable) })}</strong>
      {outlook.reasons.map(({ code, short, contacts }) => (
        <span key={code}>
          , {formatNumber(contacts)} {short}
        </span>
      ))}
    </Text>
  );
}
