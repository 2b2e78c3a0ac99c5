/** All that happened with a contact, newest first, and a note to add. */
import { Button, Group, Loader, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { api, unwrap } from '@/lib/api/client';
import { usePages } from '@/lib/api/pages';
import { HistoryLine } from './HistoryLine';
import type { Contact, HistoryItem } from './types';

type Only = 'all' | HistoryItem['type'];
const ONLY: Only[] = ['all', 'call', 'note', 'callback', 'appointment', 'answer', 'mail'];

export function History({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const [only, setOnly] = useState<Only>('all');
  const pages = usePages(['contacts', 'history', contact.id, only], (cursor) =>
    unwrap(
      api.GET('/api/contacts/{contact_id}/history', {
        params: {
          path: { contact_id: contact.id },
          query: { ...(cursor ? { cursor } : {}), ...(only === 'all' ? {} : { only }) },
        },
      }),
    ),
  );
  return (
    <Stack gap="sm">
      <AddNote contactId={contact.id} />
      <SegmentedControl
        size="xs"
        aria-label={t('contact-card:only.label')}
        data={ONLY.map((value) => ({ value, label: t(`contact-card:only.${value}`) }))}
        value={only}
        onChange={(value) => setOnly(value as Only)}
      />
      {pages.error ? <ErrorMessage error={pages.error} onRetry={pages.onRetry} /> : null}
      {pages.loading && !pages.rows && <Loader size="sm" role="status" aria-label={t('common:loading')} />}
      {pages.rows?.length === 0 && (
        <Text size="sm" c="dimmed">
          {only === 'all' ? t('noHistory') : t('contact-card:only.none')}
        </Text>
      )}
      <Stack gap={0} data-testid="history">
        {pages.rows?.map((item) => (
          <HistoryLine key={`${item.type}-${item.id}`} item={item} />
        ))}
      </Stack>
      {pages.hasMore && (
        <Button size="xs" variant="subtle" loading={pages.loading} onClick={pages.onMore}>
          {t('more')}
        </Button>
      )}
    </Stack>
  );
}

function AddNote({ contactId }: { contactId: number }) {
  const { t } = useTranslation('contacts');
  const client = useQueryClient();
  const [text, setText] = useState('');
  const add = useMutation({
    mutationFn: () =>
      unwrap(
        api.PUT('/api/contacts/{contact_id}/note', {
          params: { path: { contact_id: contactId } },
          body: { text },
        }),
      ),
    onSuccess: () => {
      setText('');
      void client.invalidateQueries({ queryKey: ['contacts', 'history', contactId] });
    },
  });
  return (
    <Stack gap="xs">
      <Textarea
        autosize
        minRows={1}
        maxRows={8}
        maxLength={20_000}
        aria-label={t('note')}
        placeholder={t('note')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {add.error && <ErrorMessage error={add.error} />}
      {text.trim() && (
        <Group justify="end">
          <Button size="xs" loading={add.isPending} onClick={() => add.mutate()}>
            {t('addNote')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
