/** Open campaigns at a glance, why one of them dials nothing, and how those that dial by themselves are paced. */
import { ActionIcon, Group, Text } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconFilter, IconMapPin, IconMoonStars } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CampaignRow } from '@/lib/floor/types';
import { formatNumber } from '@/lib/format/number';
import { formatWhen } from '@/lib/format/time';
import { useUrlState } from '@/lib/url-state';
import classes from './Floor.module.css';
import { bandId, MainPacing, PacingBand, SafetyLine } from './PacingFigures';

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
  const [search, change] = useUrlState<'pacing'>();
  if (campaigns.length === 0)
    return (
      <Text size="sm" c="dimmed" mb="sm">
        {t('noCampaign')} <Link to="/campaigns">{t('toCampaigns')}</Link>
      </Text>
    );
  const opened = campaigns.find(({ id, pacing }) => pacing !== null && String(id) === search.pacing);
  const toggle = (id: number): void => change({ pacing: opened?.id === id ? undefined : String(id) });
  return (
    <>
      <div className={classes.strip} role="list" aria-label={t('campaigns')}>
        {campaigns.map((campaign) => (
          <div key={campaign.id} role="listitem">
            <CampaignCard
              campaign={campaign}
              opened={campaign === opened}
              onToggle={() => toggle(campaign.id)}
            />
          </div>
        ))}
      </div>
      {opened?.pacing && (
        <PacingBand campaign={opened} pacing={opened.pacing} onClose={() => toggle(opened.id)} />
      )}
    </>
  );
}

interface CampaignCardProps {
  campaign: CampaignRow;
  opened: boolean;
  onToggle: () => void;
}

function CampaignCard({ campaign, opened, onToggle }: CampaignCardProps) {
  const { t } = useTranslation('floor');
  const { name, pacing } = campaign;
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
  const Chevron = opened ? IconChevronUp : IconChevronDown;
  return (
    <div
      className={classes.card}
      data-opened={opened || undefined}
      data-testid={`floor-campaign-${campaign.id}`}
    >
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Link
          to="/campaigns/$id"
          params={{ id: String(campaign.id) }}
          className={classes.cardName}
          title={name}
        >
          {name}
        </Link>
        <Group gap={4} wrap="nowrap">
          <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
            {t(`words:mode.${campaign.mode}`)}
          </Text>
          {pacing && (
            <ActionIcon
              size="xs"
              color="gray"
              aria-label={t(opened ? 'pacing.hide' : 'pacing.show', { name })}
              aria-expanded={opened}
              aria-controls={opened ? bandId(campaign.id) : undefined}
              onClick={onToggle}
              data-testid={`pacing-toggle-${campaign.id}`}
            >
              <Chevron size={14} />
            </ActionIcon>
          )}
        </Group>
      </Group>
      {campaign.territory && (
        <Text size="xs" className={classes.territory} data-testid={`floor-territory-${campaign.id}`}>
          <IconMapPin size={12} aria-hidden />
          <span title={campaign.territory}>{t('card.territory', { label: campaign.territory })}</span>
        </Text>
      )}
      {campaign.filter && (
        <Text size="xs" className={classes.territory} data-testid={`floor-filter-${campaign.id}`}>
          <IconFilter size={12} aria-hidden />
          <span title={campaign.filter}>{t('card.territory', { label: campaign.filter })}</span>
        </Text>
      )}
      <dl className={classes.figures}>
        {figures.map(([key, value, help]) => (
          <div key={key} className={classes.figure} title={help}>
            <dt>{t(`card.${key}`)}</dt>
            <dd>{formatNumber(value)}</dd>
          </div>
        ))}
      </dl>
      {pacing && <MainPacing pacing={pacing} />}
      <div className={classes.foot}>
        <Foot campaign={campaign} />
      </div>
    </div>
  );
}

/** One line, whatever it says: nothing above it moves. */
function Foot({ campaign }: { campaign: CampaignRow }) {
  const { t } = useTranslation('floor');
  if (campaign.pacing?.switched_off) return <SafetyLine />;
  if (campaign.idle_reason) {
    const sentence = idleSentence(t, campaign.idle_reason, campaign.idle_until);
    return (
      <Group gap={4} wrap="nowrap" className={classes.idle} title={sentence}>
        <IconMoonStars size={13} aria-hidden />
        <span>{sentence}</span>
      </Group>
    );
  }
  const today = t('card.today', {
    calls: formatNumber(campaign.calls_today),
    connected: formatNumber(campaign.connected_today),
  });
  return (
    <Text size="xs" c="dimmed" className="tabular" truncate title={today}>
      {today}
    </Text>
  );
}
