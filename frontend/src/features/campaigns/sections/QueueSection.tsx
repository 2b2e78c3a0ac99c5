/** Where the campaign's contacts stand, and how to give it more of them. */
import { Button, Group, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Section } from '@/components/form/Section';
import { AskedOutlook } from '@/components/outlook/AskedOutlook';
import { BatchPicker } from '@/components/pickers/BatchPicker';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import { actionsQuery, isUnderWay, refreshAfter } from '@/lib/api/bulk-actions';
import { api, unwrap } from '@/lib/api/client';
import { Feeding } from '../queue/Feeding';
import { queueQuery, recyclingsQuery } from '../queue/queries';
import { QueueOverview } from '../queue/QueueOverview';
import type { Campaign } from '../types';

export function QueueSection({ campaign }: { campaign: Campaign }) {
  const counts = useQuery(queueQuery(campaign.id));
  const recyclings = useQuery(recyclingsQuery(campaign.id));
  return (
    <>
      <QueueOverview campaign={campaign} />
      {/* Once what stands above it is there: it would be pushed away under the pointer, and shut what is open. */}
      {!counts.isPending && !recyclings.isPending && <Feed campaign={campaign} />}
    </>
  );
}

type Source = 'batch' | 'filter';

function Feed({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const client = useQueryClient();
  const [source, setSource] = useState<Source>('batch');
  const [batch, setBatch] = useState<string | undefined>();
  const [prefixes, setPrefixes] = useState<string[]>([]);
  const [city, setCity] = useState('');
  const [inCampaign, setInCampaign] = useState<string | undefined>();
  const [priority, setPriority] = useState(0);
  const filter = {
    ...(prefixes.length ? { postal_code_prefixes: prefixes } : {}),
    ...(city.trim() ? { city: city.trim() } : {}),
    ...(inCampaign ? { in_campaign_id: Number(inCampaign) } : {}),
  };
  const ready = source === 'batch' ? batch !== undefined : Object.keys(filter).length > 0;
  const chosen = source === 'batch' ? { batch_id: Number(batch) } : { filter };
  const feed = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/bulk-actions', {
          body: {
            kind: 'assign',
            campaign_id: campaign.id,
            feed: { ...chosen, priority, list_name: '' },
            expected: 0,
            field: '',
            priority: 0,
          },
        }),
      ),
    onSuccess: (action) => {
      if (isUnderWay(action)) void client.invalidateQueries({ queryKey: actionsQuery.queryKey });
      else refreshAfter(client);
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
        <BatchPicker
          maw={360}
          label={t('queue.batch')}
          placeholder={t('queue.chooseBatch')}
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
      {/* Below the button, which they would push away as they come. */}
      <Feeding campaign={campaign.id} />
      {ready && <AskedOutlook campaign={campaign.id} of={{ feed: chosen }} />}
    </Section>
  );
}
