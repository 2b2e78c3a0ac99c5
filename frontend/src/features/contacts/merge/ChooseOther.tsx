/** Which record to merge into this one: the likely ones first, any other by its name or number. */
import { Loader, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { SearchInput } from '@/components/pickers/SearchInput';
import { api, unwrap } from '@/lib/api/client';
import { numberMeant } from '@/lib/format/phone';
import classes from '../Contact.module.css';
import { DuplicateLine } from '../ContactDuplicates';
import { duplicatesQuery } from '../queries';
import type { Contact, Duplicate } from '../types';

const SHOWN = 20;

export function ChooseOther({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contact-card');
  const [q, setQ] = useState<string | undefined>();
  const { data: likely = [] } = useQuery(duplicatesQuery(contact.id));
  const {
    data: found,
    error,
    isFetching,
  } = useQuery({
    queryKey: ['contacts', 'merge-search', q],
    enabled: Boolean(q),
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<Duplicate[]> => {
      const page = await unwrap(
        api.GET('/api/contacts', { params: { query: { q: q ?? '', limit: SHOWN + 1 } } }),
      );
      return page.items.map((row) => ({
        contact: { ...row, phone: numberMeant(row.phones, q ?? '')?.e164 ?? '' },
        why: [],
      }));
    },
  });
  const shown = (q ? (found ?? []) : likely).filter((one) => one.contact.id !== contact.id).slice(0, SHOWN);
  return (
    <Stack maw="44rem" gap="md">
      <Text size="sm">{t('mergeHelp')}</Text>
      <SearchInput
        label={t('searchOther')}
        placeholder={t('contacts:search')}
        aria-label={t('searchOther')}
        value={q}
        onChange={setQ}
        data-testid="merge-search"
      />
      {error && <ErrorMessage error={error} />}
      <section className={classes.panel} aria-label={q ? t('found') : t('duplicates')} aria-live="polite">
        <Title order={2} size="h3">
          {q ? t('found') : t('duplicates')}
        </Title>
        {q && isFetching && !found && <Loader size="sm" role="status" aria-label={t('common:loading')} />}
        {shown.length === 0 && !(q && isFetching) && (
          <Text size="sm" c="dimmed">
            {q ? t('foundNone') : t('duplicatesNone')}
          </Text>
        )}
        {shown.map((one) => (
          <DuplicateLine key={one.contact.id} duplicate={one} of={contact.id} />
        ))}
      </section>
    </Stack>
  );
}
