/** Records that may be of the same person, each with what both have in common and the way to merge. Nothing where there is none. */
import { Anchor, Button, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { contactName } from '@/lib/format/contact';
import { formatPhone } from '@/lib/format/phone';
import classes from './Contact.module.css';
import { duplicatesQuery } from './queries';
import type { Contact, Duplicate } from './types';

const SHOWN = 3;

export function ContactDuplicates({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contact-card');
  const { data: found = [] } = useQuery(duplicatesQuery(contact.id));
  if (found.length === 0) return null;
  return (
    <section className={classes.panel} aria-label={t('duplicates')} data-testid="duplicates">
      <Title order={2} size="h3">
        {t('duplicates')}
      </Title>
      {found.slice(0, SHOWN).map((one) => (
        <DuplicateLine key={one.contact.id} duplicate={one} of={contact.id} />
      ))}
      {found.length > SHOWN && (
        <Anchor
          component={Link}
          to="/contacts/$id/merge"
          params={{ id: String(contact.id) } as never}
          size="sm"
          underline="always"
        >
          {t('duplicatesAll', { count: found.length })}
        </Anchor>
      )}
    </section>
  );
}

export function DuplicateLine({ duplicate, of }: { duplicate: Duplicate; of: number }) {
  const { t } = useTranslation('contact-card');
  const { contact, why } = duplicate;
  const place = [contact.company, contact.city, formatPhone(contact.phone)].filter(Boolean).join(' · ');
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <div style={{ minWidth: 0 }}>
        <Anchor
          component={Link}
          to="/contacts/$id"
          params={{ id: String(contact.id) } as never}
          size="sm"
          fw={600}
          lineClamp={1}
        >
          {contactName(contact)}
        </Anchor>
        <Text size="xs" c="dimmed" lineClamp={2}>
          {[place, ...why.map((reason) => t(`why.${reason}`))].filter(Boolean).join(' · ')}
        </Text>
      </div>
      <Button
        component={Link}
        to="/contacts/$id/merge"
        params={{ id: String(of) } as never}
        search={{ with: contact.id } as never}
        size="xs"
        variant="default"
        style={{ flexShrink: 0 }}
        aria-label={t('compareWith', { name: contactName(contact) })}
        data-testid={`compare-${contact.id}`}
      >
        {t('compare')}
      </Button>
    </Group>
  );
}
