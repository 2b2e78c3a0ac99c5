/** While the campaign calls only those that a filter keeps: whom, since when, by whom; one click ends it. */
import { IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { notifyDone } from '@/components/notify';
import { formatNumber } from '@/lib/format/number';
import { formatWhen } from '@/lib/format/time';
import { RestrictionBanner } from '../restriction/RestrictionBanner';
import { type Steering, steeringQuery } from '../steering/queries';
import type { Campaign } from '../types';
import { useFilter } from './queries';

export function FilterBanner({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('steering');
  const { data } = useQuery(steeringQuery(campaign.id));
  const lift = useFilter(campaign.id, () => notifyDone(t('filter.removed')));
  // Known with the campaign, before it is counted: the banner has its place from the first.
  const label = data ? data.filter_label : campaign.filter_label;
  if (data ? !data.filter : !label) return null;
  return (
    <RestrictionBanner
      id="filter"
      icon={<IconFilter size={16} aria-hidden />}
      title={label}
      detail={data && detailOf(t, data)}
      liftLabel={t('filter.remove')}
      onLift={campaign.status === 'archived' ? undefined : () => lift.mutate(null)}
      lifting={lift.isPending}
      error={lift.error}
    >
      {t('filter.restrictedTo')}{' '}
      <Link to="/campaigns/$id/$section" params={{ id: String(campaign.id), section: 'filter' }}>
        {label || t('filter.unnamed')}
      </Link>
    </RestrictionBanner>
  );
}

function detailOf(t: TFunction<'steering'>, { kept, filter_set_at, filter_set_by }: Steering): string {
  return [
    t('filter.keeps', { inside: formatNumber(kept.inside), waiting: formatNumber(kept.waiting) }),
    filter_set_at
      ? t('filter.setBy', { who: filter_set_by || t('territory:somebody'), when: formatWhen(filter_set_at) })
      : '',
  ].join(' ');
}
