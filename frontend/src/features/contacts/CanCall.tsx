/** Can I call? The judge's answer now, for each campaign and each number, with every reason, its source and its end. */
import { Group, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Reasons } from '@/components/Reasons';
import { type CampaignVerdicts, type NumberVerdict, verdictsQuery } from '@/lib/api/verdicts';
import { formatPhone } from '@/lib/format/phone';
import { formatDay, formatInZone, zoneName } from '@/lib/format/time';
import classes from './Contact.module.css';
import type { Contact } from './types';

export function CanCall({ contact }: { contact: Contact }) {
  const { t } = useTranslation('verdicts');
  const { data, error, refetch } = useQuery(verdictsQuery(contact.id));
  return (
    <section className={classes.panel} aria-label={t('title')} data-testid="can-call">
      <Title order={2} size="h3">
        {t('title')}
      </Title>
      {error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={40} />}
      {data?.campaigns.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noCampaign')}
        </Text>
      )}
      {data?.campaigns.map((one) => (
        <InCampaign key={one.campaign.id} answer={one} zone={data.zone} />
      ))}
      {data && data.campaigns.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('small', { zone: zoneName(data.zone), version: formatDay(data.rulebook) })}
        </Text>
      )}
    </section>
  );
}

function InCampaign({ answer, zone }: { answer: CampaignVerdicts; zone: string }) {
  const { t } = useTranslation('verdicts');
  return (
    <div className={classes.place} data-testid={`verdict-${answer.campaign.id}`}>
      <Text size="sm" fw={600}>
        {answer.campaign.name}
        {!answer.has_place && (
          <Text span size="xs" c="dimmed" fw={400}>
            {` · ${t('noPlace')}`}
          </Text>
        )}
        {!answer.is_open && (
          <Text span size="xs" c="dimmed" fw={400}>
            {` · ${t('notOpen')}`}
          </Text>
        )}
      </Text>
      {answer.numbers.length === 0 && (
        <Text size="sm" c="var(--state-fault-ink)">
          {t('noNumber')}
        </Text>
      )}
      {answer.numbers.map((one) => (
        <InNumber key={one.e164} answer={one} zone={zone} />
      ))}
    </div>
  );
}

function InNumber({ answer, zone }: { answer: NumberVerdict; zone: string }) {
  const { t } = useTranslation('verdicts');
  return (
    <div style={{ paddingTop: '0.25rem' }}>
      <Group gap="xs">
        <Text size="sm" className="tabular">
          {t(`common:phoneKind.${answer.kind}`)} {formatPhone(answer.e164)}
        </Text>
        {answer.allowed ? (
          <Text size="sm" fw={600} c="var(--state-talking-ink)">
            {answer.until ? t('yesUntil', { when: formatInZone(answer.until, zone) }) : t('yes')}
          </Text>
        ) : (
          <Text size="sm" fw={600} c="var(--state-fault-ink)">
            {answer.until ? t('noUntil', { when: formatInZone(answer.until, zone) }) : t('no')}
          </Text>
        )}
      </Group>
      <Reasons reasons={answer.reasons} zone={zone} />
      {answer.may_be_set_aside && (
        <Text size="xs" c="dimmed">
          {t('maySetAside')}
        </Text>
      )}
    </div>
  );
}
