/** The bar: who, on what, in which state and for how long, today's own figures, microphone, network, pause. */
import { Menu, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { StateBadge, type ShownState } from '@/components/StateBadge';
import { UserMenu } from '@/components/UserMenu';
import { act, useClockOffset, useDesktop } from '../floor';
import { pauseReasonsQuery } from '../queries';
import { AudioMenu } from './AudioMenu';
import { Figures } from './Figures';
import { leaveFloor } from './leave';
import { NetworkMark } from './NetworkMark';
import { PauseMenu } from './PauseMenu';
import classes from './TopBar.module.css';

export function TopBar() {
  const device = useDesktop((state) => state.session?.device);
  return (
    <header className={classes.bar}>
      <img src="/icon.svg" alt="Décroche" width={22} height={22} />
      <CampaignMenu />
      <div className={classes.state}>
        <State />
      </div>
      <Figures />
      <div className={classes.right}>
        {device === 'browser' && <AudioMenu />}
        {device === 'browser' && <NetworkMark />}
        <div className={classes.pause}>
          <PauseMenu />
        </div>
        <UserMenu desktop="agent" beforeSignOut={leaveFloor} />
      </div>
    </header>
  );
}

function CampaignMenu() {
  const { t } = useTranslation('agent-desktop');
  const campaign = useDesktop((state) => state.campaign);
  const campaigns = useDesktop((state) => state.campaigns);
  const name = campaign ? campaign.name : t('campaign.none');
  return (
    <Menu position="bottom-start" width={320}>
      <Menu.Target>
        <UnstyledButton className={classes.campaign} data-testid="campaign" title={name}>
          <span className={classes.name}>{name}</span>
          {campaign && <span className={classes.mode}>{t(`mode.${campaign.mode}`)}</span>}
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('campaign.change')}</Menu.Label>
        {campaigns.map((one) => (
          <Menu.Item
            key={one.id}
            disabled={one.id === campaign?.id}
            rightSection={<span className={classes.mode}>{t(`mode.${one.mode}`)}</span>}
            onClick={() => void act('select_campaign', { campaign_id: one.id })}
          >
            {one.name}
          </Menu.Item>
        ))}
        {campaigns.length === 0 && <Menu.Item disabled>{t('campaign.noneHelp')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Always in the same place. A line that is cut goes before the state: nobody can be spoken to. */
function State() {
  const state = useDesktop((desktop) => desktop.state);
  const leg = useDesktop((desktop) => desktop.session?.leg);
  const clockOffsetMs = useClockOffset();
  const { data: reasons } = useQuery(pauseReasonsQuery);
  const cut = leg === 'lost' || leg === 'failed';
  const shown: ShownState = cut ? 'fault' : state.code;
  const reason = reasons?.find(({ id }) => id === state.pause_reason_id)?.label;
  return (
    <StateBadge
      large
      state={shown}
      since={state.since}
      until={cut ? null : state.until}
      clockOffsetMs={clockOffsetMs}
      label={state.code === 'paused' && !cut ? reason : undefined}
    />
  );
}
