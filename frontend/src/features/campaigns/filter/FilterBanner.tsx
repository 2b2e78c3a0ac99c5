/** While the campaign calls only those that a filter keeps: whom, since when, by whom; one click ends it. */
import { IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { notifyDone } from '@/components/notify';
import { formatNumber } from '@/lib/format/number';
import { formatWhen } from '@/lib/format/time';
import { RestrictionBanner } from '../restriction/RestrictionBanner';
import { steeringQuery } from '../steering/queries';
import type { Campaign } from '../types';
import { useFilter } from './queries';

export function FilterBanner({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('steering');
  const { data } = useQuery(steeringQuery(campaign.id));
  const lift = useFilter(campaign.id, () => notifyDone(t('filter.removed')));
  if (!data?.filter) return null;
  const { kept, filter_set_at, filter_set_by } = data;
  return (
    <RestrictionBanner
      id="filter"
      icon={<IconFilter size={16} aria-hidden />}
      title={data.filter_label}
      detail={[
        t('filter.keeps', { inside: formatNumber(kept.inside), waiting: formatNumber(kept.waiting) }),
        filter_set_at
          ? t('filter.setBy', {
              who: filter_set_by || t('territory:somebody'),
              when: formatWhen(filter_set_at),
            })
          : '',
      ].join(' ')}
      liftLabel={t('filter.remove')}
      onLift={campaign.status === 'archived' ? undefined : () => lift.mutate(null)}
      lifting={lift.isPending}
      error={lift.error}
    >
      {t('filter.restrictedTo')}{' '}
      <Link to="/campaigns/$id/$section" params={{ id: String(campaign.id), section: 'filter' }}>
        {data.filter_label || t('filter.unnamed')}
      </Link>
    </RestrictionBanner>
  );
}
