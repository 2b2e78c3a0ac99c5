/** The record's place between calls: what comes next, or why nothing does. */
import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CampaignView } from '@/lib/floor/types';
import { formatNumber } from '@/lib/format/number';
import { formatWhen } from '@/lib/format/time';
import { useDesktop } from '../floor';
import classes from './Idle.module.css';

/** What a ready agent waits for: pooled calls have no record before somebody answers. */
const READY_TITLES: Record<CampaignView['mode'], 'manual' | 'ready' | 'pooled'> = {
  manual: 'manual',
  preview: 'ready',
  progressive: 'ready',
  power: 'pooled',
  predictive: 'pooled',
};

export function IdleRecord() {
  const { t, i18n } = useTranslation('agent-desktop');
  const state = useDesktop((desktop) => desktop.state);
  const campaign = useDesktop((desktop) => desktop.campaign);
  const call = useDesktop((desktop) => desktop.call);
  const why = campaign?.idle_reason;
  const reason = why && (i18n.exists(`agent-desktop:idle.${why}`) ? t(`idle.${why}`) : t('idle.other'));
  const title = state.code === 'ready' ? READY_TITLES[campaign?.mode ?? 'progressive'] : 'notReady';
  return (
    <div className={classes.next} data-testid="idle-record">
      <Stack gap="md">
        <h1 className={classes.big}>{call ? t('idle.unknownNumber') : t(`idle.${title}`)}</h1>
        {campaign ? (
          <dl className={classes.facts}>
            <dt>{t('idle.campaign')}</dt>
            <dd>{campaign.name}</dd>
            <dt>{t('idle.waiting')}</dt>
            <dd className="tabular" data-testid="idle-callable">
              {formatNumber(campaign.callable_now)}
              {campaign.waiting > campaign.callable_now && (
                <Text size="xs" c="dimmed">
                  {t('idle.laterToo', { waiting: formatNumber(campaign.waiting) })}
                </Text>
              )}
            </dd>
            {campaign.territory && (
              <>
                <dt>{t('idle.territory')}</dt>
                <dd data-testid="idle-territory">{campaign.territory}</dd>
              </>
            )}
            {campaign.filter && (
              <>
                <dt>{t('idle.filter')}</dt>
                <dd data-testid="idle-filter">{campaign.filter}</dd>
              </>
            )}
          </dl>
        ) : (
          <Text size="sm">{t('campaign.noneHelp')}</Text>
        )}
        {reason && (
          <div className={classes.why} role="status" data-testid="idle-reason">
            {reason}
            {campaign?.idle_until && ` ${t('idle.until', { at: formatWhen(campaign.idle_until) })}`}
          </div>
        )}
        <Text size="sm" c="dimmed">
          {t('idle.help')}
        </Text>
      </Stack>
    </div>
  );
}
