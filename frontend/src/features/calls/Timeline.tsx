/** What happened in the call, event by event, with the time since the first. */
import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatTenths } from '@/lib/format/number';
import { formatTime } from '@/lib/format/time';
import classes from './Call.module.css';
import type { CallDetail } from './types';

export function Timeline({ call }: { call: CallDetail }) {
  const { t } = useTranslation('calls');
  const start = Date.parse(call.claimed_at);
  if (call.events.length === 0) return null;
  return (
    <section aria-label={t('timeline')}>
      <Title order={2} size="h3" mb="xs">
        {t('timeline')}
      </Title>
      <ol className={classes.timeline}>
        {call.events.map((event) => (
          <li key={event.id}>
            <time dateTime={event.at} className="tabular">
              {formatTime(event.at)}:{String(new Date(event.at).getSeconds()).padStart(2, '0')}
            </time>
            <span className={`${classes.since} tabular`}>
              {t('after', { value: formatTenths((Date.parse(event.at) - start) / 1000) })}
            </span>
            <span>{t(`trigger.${event.trigger}`, { defaultValue: t('changed') })}</span>
            <span className={classes.state}>
              {t(`words:callState.${event.new}`, { defaultValue: event.new })}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
