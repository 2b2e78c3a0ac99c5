/** What the other record brings, and the one place that both will have in each queue. */
import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '../Contact.module.css';
import type { Comparison } from '../types';

const MOVED = [
  'calls',
  'notes',
  'answers',
  'callbacks',
  'appointments',
  'mails',
  'documents',
  'changes',
] as const;

export function WhatFollows({ comparison }: { comparison: Comparison }) {
  const { t } = useTranslation('contact-card');
  const moved = MOVED.filter((name) => comparison.moved[name] > 0);
  return (
    <section className={classes.panel} aria-label={t('follows')}>
      <Title order={2} size="h3">
        {t('follows')}
      </Title>
      <Text size="sm">
        {moved.length
          ? moved.map((name) => t(`moved.${name}`, { count: comparison.moved[name] })).join(', ')
          : t('nothingMoved')}
      </Text>
      {comparison.places.map((place) => (
        <Text size="sm" key={place.campaign.id}>
          <Text span fw={600}>
            {place.campaign.name}
          </Text>{' '}
          · {t(`words:queueState.${place.state}`)} · {t('contacts:attempts', { count: place.attempts })}
          {place.shared && ` · ${t('sharedPlace')}`}
        </Text>
      ))}
      <Text size="xs" c="dimmed">
        {t('followsHelp', { id: comparison.other.id })}
      </Text>
    </section>
  );
}
