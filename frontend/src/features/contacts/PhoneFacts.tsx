/** What a number is, and since when and why it may not be called; below its field. */
import { Text } from '@mantine/core';
import { IconPhoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '@/lib/format/time';
import type { Phone } from './types';

export function PhoneFacts({ phone }: { phone: Phone | undefined }) {
  const { t } = useTranslation('contact-card');
  if (!phone) return null;
  return (
    <>
      {t(`line.${phone.line}`)}
      {phone.refusals.map((one) => (
        <Text
          key={`${one.campaign?.id ?? 0}${one.prefix}`}
          span
          inherit
          display="block"
          c="var(--state-fault-ink)"
          data-testid="refusal"
        >
          <IconPhoneOff size={12} aria-hidden />{' '}
          {t('refusal', {
            since: formatDate(one.since),
            origin: t(`origin.${one.origin}`, { defaultValue: one.origin }),
          })}
          {one.prefix && ` · ${t('refusalPrefix', { prefix: one.prefix })}`}
          {one.campaign && ` · ${one.campaign.name}`}
          {one.by && ` · ${one.by.name}`}
          {one.note && ` · ${one.note}`}
        </Text>
      ))}
    </>
  );
}
