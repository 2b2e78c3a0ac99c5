/** Open, stop, duplicate, archive. */
import { Button, Group, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { notifyDone, notifyError } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { ApiError } from '@/lib/api/error';
import { campaignQuery } from './queries';
import type { Campaign } from './types';

interface CampaignActionsProps {
  campaign: Campaign;
  /** Changes wait for the save bar: what would be opened is not what is on the screen. */
  dirty: boolean;
  onChanged: () => void;
}

type Act = 'open' | 'stop' | 'archive';

export function CampaignActions({ campaign, dirty, onChanged }: CampaignActionsProps) {
  const { t } = useTranslation('campaigns');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [archiving, setArchiving] = useState(false);
  const at = { params: { path: { campaign_id: campaign.id } } };
  const act = useMutation({
    mutationFn: (what: Act) =>
      unwrap(
        what === 'open'
          ? api.POST('/api/campaigns/{campaign_id}/open', at)
          : what === 'stop'
            ? api.POST('/api/campaigns/{campaign_id}/stop', at)
            : api.POST('/api/campaigns/{campaign_id}/archive', at),
      ),
    onSuccess: (next, what) => {
      client.setQueryData(campaignQuery(campaign.id).queryKey, next);
      notifyDone(t(`done.${what}`, { name: campaign.name }));
      onChanged();
    },
    onError: (error) => {
      // What is missing is listed on the page, with the way to each.
      if (!(error instanceof ApiError && campaign.missing.length > 0)) notifyError(error);
      document.querySelector<HTMLElement>('[data-missing]')?.focus({ preventScroll: true });
      onChanged();
    },
  });
  const duplicate = useMutation({
    mutationFn: () => unwrap(api.POST('/api/campaigns/{campaign_id}/duplicate', { ...at, body: {} })),
    onSuccess: async (copy) => {
      notifyDone(t('done.duplicate', { name: copy.name }));
      void client.invalidateQueries({ queryKey: ['campaigns', 'list'] });
      await navigate({ to: '/campaigns/$id', params: { id: String(copy.id) } });
    },
    onError: notifyError,
  });
  if (archiving)
    return (
      <ConfirmInline
        key="archive"
        color="red"
        confirmLabel={t('archiveConfirm')}
        onConfirm={() => {
          setArchiving(false);
          act.mutate('archive');
        }}
      >
        {t('archive')}
      </ConfirmInline>
    );
  return (
    <Group gap="sm" wrap="nowrap">
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            rightSection={<IconChevronDown size={14} aria-hidden />}
            data-testid="campaign-more"
          >
            {t('more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => duplicate.mutate()}>{t('duplicate')}</Menu.Item>
          {campaign.status !== 'archived' && (
            <Menu.Item onClick={() => setArchiving(true)}>{t('archive')}</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {campaign.status === 'open' && (
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={16} aria-hidden />}
          loading={act.isPending}
          onClick={() => act.mutate('stop')}
          data-testid="stop-campaign"
        >
          {t('stop')}
        </Button>
      )}
      {(campaign.status === 'draft' || campaign.status === 'stopped') && (
        <Tooltip label={t('saveFirst')} disabled={!dirty}>
          <Button
            color="#1f7a36"
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            disabled={dirty}
            loading={act.isPending}
            onClick={() => act.mutate('open')}
            data-testid="open-campaign"
          >
            {t('open')}
          </Button>
        </Tooltip>
      )}
    </Group>
  );
}
