/** A campaign's queue at a glance: where everybody stands, when the others come, whom the rules refuse, who may be called again. */
import { Anchor, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Counting } from '@/components/Counting';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Section } from '@/components/form/Section';
import { useUrlState } from '@/lib/url-state';
import type { Campaign } from '../types';
import { EntriesDrawer } from './EntriesDrawer';
import { Moments } from './Moments';
import { queueQuery } from './queries';
import { RecycleSection } from './RecycleSection';
import { Refusals } from './Refusals';
import { Tiles } from './Tiles';
import { type Behind, STANDINGS } from './types';

type Key = keyof Behind;

export function QueueOverview({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('queue');
  const queue = useQuery(queueQuery(campaign.id));
  const [search, change] = useUrlState<Key>();
  const standing = STANDINGS.find((one) => one === search.standing);
  const behind: Behind | null = standing ? { ...search, standing } : null;
  const open = (wanted: Behind | null): void =>
    change({
      standing: wanted?.standing,
      code: wanted?.code,
      disposition_id: wanted?.disposition_id,
      last_result: wanted?.last_result,
      from_at: wanted?.from_at,
      until_at: wanted?.until_at,
    });
  return (
    <>
      <Section title={t('title')} help={t('help')} stacked>
        {queue.error && <ErrorMessage error={queue.error} onRetry={() => void queue.refetch()} />}
        {queue.isPending && <Counting />}
        {queue.data && (
          <>
            <Tiles queue={queue.data} isCounting={queue.isFetching} onOpen={open} />
            <Moments moments={queue.data.moments} onOpen={open} />
            <Refusals refusals={queue.data.refusals} onOpen={open} />
            <Group gap="lg">
              <Anchor
                component={Link}
                to="/contacts"
                search={{ campaign_id: campaign.id } as never}
                size="sm"
              >
                {t('seeContacts')}
              </Anchor>
              <Anchor component={Link} to="/calls" search={{ campaign_id: campaign.id } as never} size="sm">
                {t('seeCalls')}
              </Anchor>
            </Group>
          </>
        )}
      </Section>
      {queue.data && <RecycleSection campaign={campaign} queue={queue.data} onOpen={open} />}
      <EntriesDrawer campaignId={campaign.id} behind={behind} onClose={() => open(null)} />
    </>
  );
}
