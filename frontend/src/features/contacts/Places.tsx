/** The contact's places: in which campaigns' queues, in what state, and which batch brought it. */
import { Anchor, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/lib/floor/hooks';
import { formatDateTime, formatWhen } from '@/lib/format/time';
import classes from './Contact.module.css';
import type { Contact } from './types';

export function Places({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const now = useNow(60_000);
  return (
    <section className={classes.panel} aria-label={t('places')}>
      <Title order={2} size="h3">
        {t('places')}
      </Title>
      {contact.places.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noPlace')}
        </Text>
      )}
      {contact.places.map((place) => (
        <div key={place.entry_id} className={classes.place}>
          <Anchor
            component={Link}
            to="/campaigns/$id"
            params={{ id: String(place.campaign.id) } as never}
            size="sm"
            fw={600}
          >
            {place.campaign.name}
          </Anchor>
          <Text size="sm">
            {t(`words:queueState.${place.state}`)}
            {place.disposition && ` · ${place.disposition}`}
            {place.state === 'waiting' &&
              Date.parse(place.not_before) > now &&
              ` · ${t('notBefore', { when: formatWhen(place.not_before) })}`}
            {place.owner && ` · ${t('keptFor', { name: place.owner.name })}`}
          </Text>
          <Text size="xs" c="dimmed">
            {t('attempts', { count: place.attempts })}
            {place.last_call_at && ` · ${t('lastCall', { when: formatDateTime(place.last_call_at) })}`}
          </Text>
        </div>
      ))}
      <Text size="xs" c="dimmed">
        {t('madeOn', { when: formatDateTime(contact.created_at) })}{' '}
        {contact.batch && (
          <Anchor
            component={Link}
            to="/imports/$id"
            params={{ id: String(contact.batch.id) } as never}
            size="xs"
            underline="always"
          >
            {contact.batch.name}
          </Anchor>
        )}
      </Text>
    </section>
  );
}
