/** Open campaigns at a glance, and why one of them dials nothing. */
import { Group, Text } from '@mantine/core';
import { IconMoonStars } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CampaignRow } from '@/lib/floor/types';
import { formatNumber } from '@/lib/format/number';
import { formatWhen } from '@/lib/format/time';
import classes from './Floor.module.css';

/** Why nothing is dialed, as a sentence, with the time it ends where that is known. */
export function idleSentence(t: TFunction, reason: string, until: string | null): string {
  const plain = t(`words:idle.${reason}`, { defaultValue: t('floor:idleOther') });
  if (!until) return plain;
  return t(`words:idle.${reason}_until`, {
    when: formatWhen(until),
    defaultValue: `${plain} (${formatWhen(until)})`,
  });
}

export function CampaignStrip({ campaigns }: { campaigns: CampaignRow[] }) {
  const { t } = useTranslation('floor');
  if (campaigns.length === 0)
    return (
      <Text size="sm" c="dimmed" mb="sm">
        {t('noCampaign')} <Link to="/campaigns">{t('toCampaigns')}</Link>
      </Text>
    );
  return (
    <div className={classes.strip} role="list" aria-label={t('campaigns')}>
      {campaigns.map((campaign) => (
        <div key={campaign.id} role="listitem">
          <CampaignCard campaign={campaign} />
        </div>
      ))}
    </div>
  );
}

function CampaignCard({ campaign }: { campaign: CampaignRow }) {
  const { t } = useTranslation('floor');
  const figures: [string, number, string?][] = [
    ['ready', campaign.ready],
    ['talking', campaign.talking],
    ['dialing', campaign.dialing + campaign.ringing],
    [
      'callable',
      campaign.callable_now,
      t('card.ofWaiting', { waiting: formatNumber(campaign.waiting_entries) }),
    ],
  ];
  return (
    <Link
      to="/campaigns/$id"
      params={{ id: String(campaign.id) }}
      className={classes.card}
      data-testid={`floor-campaign-${campaign.id}`}
    >
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text fw={600} size="sm" truncate title={campaign.name}>
          {campaign.name}
        </Text>
        <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {t(`words:mode.${campaign.mode}`)}
        </Text>
      </Group>
      <dl className={classes.figures} style={{ margin: 0 }}>
        {figures.map(([key, value, help]) => (
          <div key={key} className={classes.figure} title={help}>
            <dt>{t(`card.${key}`)}</dt>
            <dd>{formatNumber(value)}</dd>
          </div>
        ))}
      </dl>
      {campaign.idle_reason ? (
        <Group gap={4} wrap="nowrap" className={classes.idle}>
          <IconMoonStars size={13} aria-hidden />
          <span>{idleSentence(t, campaign.idle_reason, campaign.idle_until)}</span>
        </Group>
      ) : (
        <Text size="xs" c="dimmed" className="tabular">
          {t('card.today', {
            calls: formatNumber(campaign.calls_today),
            connected: formatNumber(campaign.connected_today),
            abandoned: formatNumber(campaign.abandoned_today),
          })}
        </Text>
      )}
    </Link>
  );
}
