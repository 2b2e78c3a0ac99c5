/** Over every part of the campaign's page while it calls in some places only: where, since when, by whom; one click ends it. */
import { IconMapPin } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { notifyDone } from '@/components/notify';
import { formatNumber } from '@/lib/format/number';
import { formatWhen } from '@/lib/format/time';
import { RestrictionBanner } from '../restriction/RestrictionBanner';
import type { Campaign } from '../types';
import type { Territory } from './parts';
import { territoryQuery } from './queries';
import { useTerritory } from './useTerritory';

export function TerritoryBanner({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('territory');
  const { data } = useQuery(territoryQuery(campaign.id));
  const lift = useTerritory(campaign.id, () => notifyDone(t('lifted')));
  // Known with the campaign, before it is counted: the banner has its place from the first.
  const label = data ? data.label : campaign.territory;
  if (!label) return null;
  return (
    <RestrictionBanner
      id="territory"
      icon={<IconMapPin size={16} aria-hidden />}
      title={data?.parts.map(({ name }) => name).join(', ') ?? label}
      detail={data && detailOf(t, data)}
      liftLabel={t('lift')}
      onLift={campaign.status === 'archived' ? undefined : () => lift.mutate([])}
      lifting={lift.isPending}
      error={lift.error}
    >
      {t('restrictedTo')}{' '}
      <Link to="/campaigns/$id/$section" params={{ id: String(campaign.id), section: 'territory' }}>
        {label}
      </Link>
    </RestrictionBanner>
  );
}

function detailOf(t: TFunction<'territory'>, { kept, set_at, set_by }: Territory): string {
  return [
    t('keeps', { inside: formatNumber(kept.inside), waiting: formatNumber(kept.waiting) }),
    set_at ? t('setBy', { who: set_by || t('somebody'), when: formatWhen(set_at) }) : '',
  ].join(' ');
}
