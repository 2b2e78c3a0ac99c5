/** How many of some contacts a campaign may call, and why not the others: "12 403 appelables, 811 sans consentement". */
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Counting } from '@/components/Counting';
import { formatNumber } from '@/lib/format/number';
import { furthest, type Outlook, outlookQuery } from './queries';

interface OutlookTextProps {
  outlook: Outlook;
  /** The last one that ended: its figures stay while this one is counted. */
  before?: Outlook | undefined;
  onDone?: (outlook: Outlook) => void;
}

export function OutlookText({ outlook: given, before, onDone }: OutlookTextProps) {
  const { t } = useTranslation('outlook');
  const { data: asked } = useQuery(outlookQuery(given));
  const outlook = furthest(given, asked);
  useEffect(() => {
    if (outlook.status === 'done') onDone?.(outlook);
  }, [outlook, onDone]);
  if (outlook.status === 'counting')
    return (
      <>
        <Counting since={Date.parse(outlook.asked_at)} label={t('counting')} />
        {before?.status === 'done' && (
          <Text size="sm" c="dimmed" data-testid="outlook-before">
            {t('before')} <Figures outlook={before} />
          </Text>
        )}
      </>
    );
  if (outlook.status === 'failed')
    return (
      <Text size="sm" c="red" role="alert">
        {t('failed')}
      </Text>
    );
  return (
    <Text size="sm" role="status" data-testid="outlook">
      <Figures outlook={outlook} />
    </Text>
  );
}

function Figures({ outlook }: { outlook: Outlook }) {
  const { t } = useTranslation('outlook');
  return (
    <>
      <strong>{t('callable', { count: outlook.callable, number: formatNumber(outlook.callable) })}</strong>
      {outlook.reasons.map(({ code, short, contacts }) => (
        <span key={code}>
          , {formatNumber(contacts)} {short}
        </span>
      ))}
    </>
  );
}
