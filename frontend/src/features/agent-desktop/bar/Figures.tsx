/** Today's own figures: the three that count in the bar, all of them on a click. */
import { Popover, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '@/lib/format/time';
import { useDesktop } from '../floor';
import classes from './TopBar.module.css';

export function Figures() {
  const { t } = useTranslation('agent-desktop');
  const figures = useDesktop((state) => state.figures);
  const counts = ['calls', 'reached', 'pitched', 'positive', 'appointments'] as const;
  const sums = ['talk_s', 'wrap_up_s', 'idle_s', 'pause_s', 'signed_in_s'] as const;
  return (
    <Popover position="bottom-start" width={260} shadow="md">
      <Popover.Target>
        <UnstyledButton
          className={`${classes.figures} tabular`}
          data-testid="own-figures"
          title={t('figures.title')}
        >
          <b>{figures.calls}</b> {t('figures.short.calls', { count: figures.calls })} ·{' '}
          <b>{figures.pitched}</b> {t('figures.short.pitched')} · <b>{figures.appointments}</b>{' '}
          {t('figures.short.appointments')}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <dl className={`${classes.day} tabular`}>
          {counts.map((key) => [
            <dt key={key}>{t(`figures.${key}`)}</dt>,
            <dd key={`${key}-n`}>{figures[key]}</dd>,
          ])}
          {sums.map((key) => [
            <dt key={key}>{t(`figures.${key}`)}</dt>,
            <dd key={`${key}-n`}>{formatDuration(figures[key])}</dd>,
          ])}
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
}
