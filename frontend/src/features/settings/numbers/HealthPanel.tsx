/** In a number's drawer: what its figures say, what that probably means, and the button that rests it. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatNumber, formatShare } from '@/lib/format/number';
import { type Health, type PresentedNumber, shownState, useRest } from './health';
import { HealthTag } from './HealthTag';
import classes from './Numbers.module.css';
import { Trend } from './Trend';

interface HealthPanelProps {
  number: PresentedNumber;
  health: Health | undefined;
  onDone: () => void;
}

export function HealthPanel({ number, health, onDone }: HealthPanelProps) {
  const { t } = useTranslation('settings');
  const rest = useRest();
  const state = shownState(number, health);
  const advice = state === 'degraded' || state === 'watch' ? `${state}Advice` : `${state}Meaning`;
  return (
    <section className={classes.panel} aria-label={t('numbers.health.title')} data-testid="health-panel">
      <Group justify="space-between" gap="sm" mb="xs">
        <Title order={3} size="h4">
          {t('numbers.health.title')}
        </Title>
        <HealthTag state={state} />
      </Group>
      <Stack gap={4} mb="xs">
        {health?.signs.map((sign) => (
          <Text key={sign} size="sm" data-testid={`sign-${sign}`}>
            {t(`numbers.health.sign.${sign}`, {
              answers: formatShare(health.recent.answer_rate, 0),
              usual: formatShare(health.past.answer_rate, 0),
              short: formatShare(health.recent.short_rate, 0),
              usualShort: formatShare(health.past.short_rate, 0),
              calls: formatNumber(Math.round(health.recent.calls_a_day)),
              limit: formatNumber(number.daily_limit),
            })}
          </Text>
        ))}
        <Text size="sm">{t(`numbers.health.${advice}`)}</Text>
      </Stack>
      {health && <Figures health={health} />}
      {health && <Trend health={health} state={state} />}
      <Group mt="sm">
        <Button
          size="xs"
          variant={state === 'degraded' ? 'filled' : 'default'}
          loading={rest.isPending}
          onClick={() => rest.mutate({ id: number.id, active: !number.active }, { onSuccess: onDone })}
          data-testid="rest-number"
        >
          {t(number.active ? 'numbers.health.rest' : 'numbers.health.wake')}
        </Button>
        {number.active && number.campaign_ids.length > 0 && (
          <Text size="xs" c="dimmed" flex={1}>
            {t('numbers.health.restHelp')}
          </Text>
        )}
      </Group>
    </section>
  );
}

function Figures({ health: { recent, past } }: { health: Health }) {
  const { t } = useTranslation('settings');
  const lines = [
    ['answers', formatShare(recent.answer_rate), formatShare(past.answer_rate)],
    ['short', formatShare(recent.short_rate), formatShare(past.short_rate)],
    ['calls', formatNumber(Math.round(recent.calls_a_day)), formatNumber(Math.round(past.calls_a_day))],
  ] as const;
  return (
    <table className={classes.figures}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('numbers.health.recent')}</th>
          <th scope="col">{t('numbers.health.past')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(([name, now, before]) => (
          <tr key={name}>
            <th scope="row">{t(`numbers.health.figure.${name}`)}</th>
            <td>{now}</td>
            <td>{before}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
