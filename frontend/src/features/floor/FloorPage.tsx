/** The live floor: who does what, campaigns, calls, trunks. Everything arrives by the socket; nothing is polled. */
import { Alert, Center, Group, Loader, Text } from '@mantine/core';
import { IconPhoneOff, IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { notifyInfo } from '@/components/notify';
import { Page } from '@/components/Page';
import { useFloorView, useOpenSocket } from '@/lib/floor/hooks';
import { superviseSocket } from '@/lib/floor/supervise';
import { AgentsTable } from './AgentsTable';
import { CampaignStrip } from './CampaignStrip';
import classes from './Floor.module.css';
import { LiveCalls } from './LiveCalls';
import { MonitorBar } from './MonitorBar';
import { Summary } from './Summary';
import { TrunkList } from './TrunkList';
import { useMonitoring } from './useMonitoring';

export function FloorPage() {
  const { t } = useTranslation('floor');
  useOpenSocket(superviseSocket);
  const { connection, state, bye, clockOffsetMs } = useFloorView(superviseSocket);
  const monitoring = useMonitoring(state);
  useEffect(() => superviseSocket.onNotice((notice) => notifyInfo(notice.message, notice.level)), []);

  if (!state)
    return (
      <Page title={t('title')}>
        <Center mih="50vh">
          {connection === 'ended' ? (
            <EmptyState title={t('ended')}>{bye?.message}</EmptyState>
          ) : (
            <Group gap="sm">
              <Loader size="sm" />
              <Text c="dimmed">{t('common:connection.connecting')}</Text>
            </Group>
          )}
        </Center>
      </Page>
    );

  const names = new Map(state.campaigns.map((campaign) => [campaign.id, campaign.name]));
  return (
    <Page title={t('title')} actions={<Summary state={state} />} fill>
      <div className={classes.notices}>
        {connection !== 'live' && (
          <Alert
            color="yellow"
            icon={<IconPlugConnectedX size={18} />}
            py="xs"
            role="status"
            data-testid="floor-reconnecting"
          >
            {connection === 'ended' ? (bye?.message ?? t('ended')) : t('stale')}
          </Alert>
        )}
        {state.telephony === 'down' && (
          <Alert
            color="red"
            icon={<IconPhoneOff size={18} />}
            py="xs"
            title={t('down.title')}
            role="alert"
            data-testid="telephony-down"
          >
            {t('down.text')}
          </Alert>
        )}
      </div>
      <CampaignStrip campaigns={state.campaigns} />
      <div className={classes.main}>
        <AgentsTable
          agents={state.agents}
          campaignNames={names}
          clockOffsetMs={clockOffsetMs}
          monitoring={monitoring}
        />
        <aside className={classes.side} aria-label={t('side')}>
          <LiveCalls
            calls={state.calls}
            agents={state.agents}
            campaignNames={names}
            clockOffsetMs={clockOffsetMs}
          />
          <TrunkList trunks={state.trunks} />
        </aside>
      </div>
      <MonitorBar state={state} monitoring={monitoring} />
    </Page>
  );
}
