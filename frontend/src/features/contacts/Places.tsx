/** The contact's places: in which campaigns' queues, in what state and why, taken out or put back; and which batch brought it. */
import { Anchor, Button, Group, Text, Title, VisuallyHidden } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { ErrorMessage } from '@/components/ErrorMessage';
import { api, unwrap } from '@/lib/api/client';
import { useNow } from '@/lib/floor/hooks';
import { formatDateTime, formatWhen } from '@/lib/format/time';
import classes from './Contact.module.css';
import { useContactChanged } from './queries';
import type { Contact, Place } from './types';

export function Places({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
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
        <PlaceLine key={place.entry_id} contact={contact} place={place} />
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

function PlaceLine({ contact, place }: { contact: Contact; place: Place }) {
  const { t } = useTranslation('contacts');
  const now = useNow(60_000);
  const changed = useContactChanged();
  const path = { contact_id: contact.id, entry_id: place.entry_id };
  const withdraw = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/contacts/{contact_id}/places/{entry_id}/withdraw', { params: { path } })),
    onSuccess: changed,
  });
  const putBack = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/contacts/{contact_id}/places/{entry_id}/put-back', { params: { path } })),
    onSuccess: changed,
  });
  const error = withdraw.error ?? putBack.error;
  // Over for another reason, what once refused a call says nothing any more.
  const refused =
    place.refused_why && (place.state !== 'finished' || place.finished_reason === place.refused_reason);
  return (
    <div className={classes.place} data-testid={`place-${place.campaign.id}`}>
      <Group justify="space-between" wrap="nowrap" align="start" gap="sm">
        <div style={{ minWidth: 0 }}>
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
          {refused && (
            <Text size="sm" c="var(--state-fault-ink)">
              {place.refused_why}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {t('attempts', { count: place.attempts })}
            {place.last_call_at && ` · ${t('lastCall', { when: formatDateTime(place.last_call_at) })}`}
          </Text>
        </div>
        {place.state === 'waiting' && (
          <ConfirmInline
            size="xs"
            variant="subtle"
            style={{ flexShrink: 0 }}
            confirmLabel={t('contact-card:place.confirm')}
            onConfirm={() => withdraw.mutate()}
            loading={withdraw.isPending}
          >
            {t('contact-card:place.withdraw')}
            <VisuallyHidden>{place.campaign.name}</VisuallyHidden>
          </ConfirmInline>
        )}
        {(place.state === 'withdrawn' || place.state === 'finished') && (
          <Button
            size="xs"
            variant="subtle"
            style={{ flexShrink: 0 }}
            onClick={() => putBack.mutate()}
            loading={putBack.isPending}
          >
            {t('contact-card:place.putBack')}
            <VisuallyHidden>{place.campaign.name}</VisuallyHidden>
          </Button>
        )}
      </Group>
      {error && <ErrorMessage error={error} />}
    </div>
  );
}
