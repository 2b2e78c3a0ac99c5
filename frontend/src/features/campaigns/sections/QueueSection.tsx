/** Where the campaign's contacts stand, and how to give it more of them. */
import {
  Anchor,
  Button,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Section } from '@/components/form/Section';
import { notifyDone } from '@/components/notify';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import { api, unwrap } from '@/lib/api/client';
import { formatNumber } from '@/lib/format/number';
import { formatWhen } from '@/lib/format/time';
import classes from '../Campaign.module.css';
import { queueCountsQuery } from '../queries';
import type { Campaign, QueueCounts } from '../types';

const COUNTS = [
  'waiting_now',
  'waiting_later',
  'claimed',
  'callbacks',
  'never_called',
  'finished',
  'withdrawn',
  'total',
] as const;

export function QueueSection({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const counts = useQuery(queueCountsQuery(campaign.id));
  return (
    <>
      <Section title={t('queue.title')} help={t('queue.help')} stacked>
        {counts.error && <ErrorMessage error={counts.error} onRetry={() => void counts.refetch()} />}
        {counts.data && <Counts counts={counts.data} campaign={campaign} />}
      </Section>
      <Feed campaign={campaign} />
    </>
  );
}

function Counts({ counts, campaign }: { counts: QueueCounts; campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const reasons = Object.entries(counts.finished_by_reason).sort(([, a], [, b]) => b - a);
  return (
    <>
      <SimpleGrid cols={{ base: 4, lg: 8 }} spacing="sm">
        {COUNTS.map((key) => (
          <div key={key} data-testid={`queue-${key}`}>
            <div className={classes.tile}>{formatNumber(counts[key])}</div>
            <Text size="xs" c="dimmed">
              {t(`queue.count.${key}`)}
            </Text>
          </div>
        ))}
      </SimpleGrid>
      {counts.next_at && (
        <Text size="sm" c="dimmed">
          {t('queue.next', { when: formatWhen(counts.next_at) })}
        </Text>
      )}
      {reasons.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('queue.finishedBy')}{' '}
          {reasons
            .map(
              ([reason, count]) =>
                `${t(`queue.reason.${reason}`, { defaultValue: t(`words:result.${reason}`, { defaultValue: reason }) })} ${formatNumber(count)}`,
            )
            .join(' · ')}
        </Text>
      )}
      <Group gap="lg">
        <Anchor component={Link} to="/contacts" search={{ campaign_id: campaign.id } as never} size="sm">
          {t('queue.seeContacts')}
        </Anchor>
        <Anchor component={Link} to="/calls" search={{ campaign_id: campaign.id } as never} size="sm">
          {t('queue.seeCalls')}
        </Anchor>
      </Group>
    </>
  );
}

type Source = 'batch' | 'filter';

function Feed({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const client = useQueryClient();
  const [source, setSource] = useState<Source>('batch');
  const [batch, setBatch] = useState<string | null>(null);
  const [prefixes, setPrefixes] = useState<string[]>([]);
  const [city, setCity] = useState('');
  const [inCampaign, setInCampaign] = useState<string | undefined>();
  const [priority, setPriority] = useState(0);
  const batches = useQuery({
    queryKey: ['imports', 'for-queue'],
    queryFn: () => unwrap(api.GET('/api/imports', { params: { query: { limit: 100 } } })),
  });
  const filter = {
    ...(prefixes.length ? { postal_code_prefixes: prefixes } : {}),
    ...(city.trim() ? { city: city.trim() } : {}),
    ...(inCampaign ? { in_campaign_id: Number(inCampaign) } : {}),
  };
  const ready = source === 'batch' ? batch !== null : Object.keys(filter).length > 0;
  const feed = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/campaigns/{campaign_id}/queue', {
          params: { path: { campaign_id: campaign.id } },
          body: { ...(source === 'batch' ? { batch_id: Number(batch) } : { filter }), priority },
        }),
      ),
    onSuccess: ({ added, already, no_number }) => {
      notifyDone(
        t('queue.fed', {
          added: formatNumber(added),
          already: formatNumber(already),
          no_number: formatNumber(no_number),
        }),
      );
      void client.invalidateQueries({ queryKey: queueCountsQuery(campaign.id).queryKey });
      void client.invalidateQueries({ queryKey: ['campaigns', 'list'] });
    },
  });
  return (
    <Section title={t('queue.feed')} help={t('queue.feedHelp')}>
      <Select
        maw={360}
        label={t('queue.source')}
        value={source}
        onChange={(value) => setSource(value as Source)}
        data={(['batch', 'filter'] as const).map((code) => ({ value: code, label: t(`queue.from.${code}`) }))}
      />
      {source === 'batch' ? (
        <Select
          maw={360}
          searchable
          label={t('queue.batch')}
          placeholder={t('queue.chooseBatch')}
          nothingFoundMessage={t('queue.noBatch')}
          data={(batches.data?.items ?? [])
            .filter(({ status }) => status === 'done')
            .map(({ id, name, counts }) => ({
              value: String(id),
              label: t('queue.batchLabel', { name, count: counts.new + counts.updated }),
            }))}
          value={batch}
          onChange={setBatch}
        />
      ) : (
        <>
          <TagsInput
            maw={360}
            label={t('queue.postal')}
            description={t('queue.postalHelp')}
            value={prefixes}
            onChange={setPrefixes}
            splitChars={[',', ';', ' ']}
          />
          <TextInput
            maw={360}
            label={t('queue.city')}
            value={city}
            onChange={(event) => setCity(event.currentTarget.value)}
          />
          <CampaignPicker
            maw={360}
            label={t('queue.inCampaign')}
            placeholder={t('queue.anyCampaign')}
            value={inCampaign}
            onChange={setInCampaign}
          />
        </>
      )}
      <NumberInput
        w={180}
        label={t('field.priority')}
        description={t('queue.priorityHelp')}
        min={-100}
        max={100}
        value={priority}
        onChange={(value) => value !== '' && setPriority(Number(value))}
      />
      {feed.error && <ErrorMessage error={feed.error} />}
      <Group>
        <Button
          disabled={!ready || campaign.status === 'archived'}
          loading={feed.isPending}
          onClick={() => feed.mutate()}
          data-testid="feed-queue"
        >
          {t('queue.add')}
        </Button>
      </Group>
    </Section>
  );
}
