/** Whom the supervisor hears now, and how: always in sight while it lasts. */
import { Button, SegmentedControl, Text } from '@mantine/core';
import { IconMicrophone, IconMicrophoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SupervisorDesktop } from '@/lib/floor/types';
import classes from './Floor.module.css';
import type { MonitoringControl, MonitorMode } from './useMonitoring';

export function MonitorBar({
  state,
  monitoring,
}: {
  state: SupervisorDesktop;
  monitoring: MonitoringControl;
}) {
  const { t } = useTranslation('floor');
  if (monitoring.userId === null) return null;
  const agent = state.agents.find((row) => row.user_id === monitoring.userId);
  const mode = monitoring.mode ?? 'listen';
  const microphoneOpen = mode !== 'listen';
  return (
    <div
      className={classes.monitor}
      role="region"
      aria-label={t('monitor.bar')}
      data-testid="monitor-bar"
      data-leg={monitoring.leg}
    >
      <Text size="sm" fw={600}>
        {t(`monitor.${mode}Now`, { name: agent?.name ?? '' })}
      </Text>
      <SegmentedControl
        size="xs"
        value={mode}
        aria-label={t('monitor.mode')}
        disabled={monitoring.busy}
        onChange={(next) => monitoring.start(monitoring.userId ?? 0, next as MonitorMode)}
        data={(['listen', 'whisper', 'barge'] as const).map((code) => ({
          value: code,
          label: t(`monitor.${code}`),
        }))}
      />
      <Text size="xs" style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
        {microphoneOpen ? (
          <IconMicrophone size={15} aria-hidden />
        ) : (
          <IconMicrophoneOff size={15} aria-hidden />
        )}
        {monitoring.problem ??
          (monitoring.leg === 'up'
            ? t(microphoneOpen ? 'monitor.micOpen' : 'monitor.micClosed')
            : t(`monitor.leg.${monitoring.leg}`))}
      </Text>
      <Button size="xs" variant="default" ml="auto" onClick={monitoring.stop} data-testid="stop-monitoring">
        {t('monitor.stop')}
      </Button>
    </div>
  );
}
