/** An e-mail being written: to one of the record's addresses, plain text. What is typed is kept until it is sent. */
import { Alert, Button, Checkbox, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconSend } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { api, unwrap } from '@/lib/api/client';
import { ApiError } from '@/lib/api/error';
import { formatDateTime } from '@/lib/format/time';
import { draftFor, forgetDraft, keepDraft, type MailDraft } from './drafts';
import { readinessQuery, useMailsChanged } from './queries';
import type { CampaignRef } from './types';

interface MailFormProps {
  contactId: number;
  /** Whose sender may be chosen; none: `campaignId` it is. */
  campaigns: CampaignRef[];
  campaignId: number | null;
  onDone: () => void;
}

const NONE = 'none';

export function MailForm({ contactId, campaigns, campaignId, onDone }: MailFormProps) {
  const { t } = useTranslation('mails');
  const changed = useMailsChanged(contactId);
  const [draft, setDraft] = useState(() => draftFor(contactId, campaignId));
  const [confirmed, setConfirmed] = useState(false);
  const { data: ready, error, refetch } = useQuery(readinessQuery(contactId, draft.campaignId));
  const addresses = ready?.addresses ?? [];
  const to = addresses.includes(draft.to) ? draft.to : (addresses[0] ?? '');
  const set = (change: Partial<MailDraft>): void => {
    const next = { ...draft, ...change };
    keepDraft(contactId, next);
    setDraft(next);
    send.reset();
  };
  const send = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/contacts/{contact_id}/mails', {
          params: { path: { contact_id: contactId } },
          body: {
            to,
            subject: draft.subject,
            text: draft.text,
            campaign_id: draft.campaignId,
            despite_refusal: confirmed,
          },
        }),
      ),
    onSuccess: () => {
      forgetDraft(contactId);
      changed();
      onDone();
    },
    onError: () => void refetch(), // a refusal or a sender may have changed meanwhile
  });
  const refused = ready?.refused_since ?? null;
  const complete =
    !!ready?.sender && !!to && !!draft.subject.trim() && !!draft.text.trim() && (!refused || confirmed);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (complete && !send.isPending) send.mutate();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
  };
  const errors = send.error instanceof ApiError ? send.error.fields : {};
  if (error) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (ready && (!ready.sender || addresses.length === 0))
    return (
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />} data-testid="mail-not-ready">
        <Stack gap="xs" align="start">
          <Text size="sm">{ready.sender ? t('noAddress') : ready.why_not}</Text>
          <Button size="xs" variant="default" onClick={onDone}>
            {t('common:actions.close')}
          </Button>
        </Stack>
      </Alert>
    );
  return (
    // The shortcut belongs to the whole form; every act has its button too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form onSubmit={submit} onKeyDown={onKeyDown} noValidate aria-label={t('write')} data-testid="mail-form">
      <Stack gap="sm">
        {refused && (
          <Alert color="yellow" icon={<IconAlertTriangle size={18} />} data-testid="mail-refusal">
            <Stack gap="xs">
              <Text size="sm">{t('refusal', { when: formatDateTime(refused) })}</Text>
              <Checkbox
                label={t('refusalConfirm')}
                checked={confirmed}
                onChange={(event) => setConfirmed(event.currentTarget.checked)}
              />
            </Stack>
          </Alert>
        )}
        <Group grow align="start">
          <Select
            label={t('to')}
            data={addresses}
            value={to || null}
            allowDeselect={false}
            error={errors['to']}
            onChange={(address) => address && set({ to: address })}
          />
          {campaigns.length > 0 && (
            <Select
              label={t('campaign')}
              data={[
                { value: NONE, label: t('noCampaign') },
                ...campaigns.map(({ id, name }) => ({ value: String(id), label: name })),
              ]}
              value={draft.campaignId === null ? NONE : String(draft.campaignId)}
              allowDeselect={false}
              onChange={(id) => set({ campaignId: id === NONE || id === null ? null : Number(id) })}
            />
          )}
        </Group>
        <TextInput
          label={t('subject')}
          required
          data-autofocus
          // eslint-disable-next-line jsx-a11y/no-autofocus -- the button that opened the form asked for it
          autoFocus
          maxLength={200}
          value={draft.subject}
          error={errors['subject']}
          onChange={(event) => set({ subject: event.currentTarget.value })}
        />
        <Textarea
          label={t('text')}
          required
          autosize
          minRows={6}
          maxRows={16}
          maxLength={20_000}
          value={draft.text}
          error={errors['text']}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
        {ready?.sender && (
          <Text size="xs" c="dimmed">
            {t('sentBy', {
              sender: ready.sender.name
                ? `${ready.sender.name} <${ready.sender.address}>`
                : ready.sender.address,
            })}
          </Text>
        )}
        {send.error && Object.keys(errors).length === 0 && <ErrorMessage error={send.error} />}
        <Group justify="end" gap="sm">
          <Button
            variant="default"
            onClick={() => {
              forgetDraft(contactId);
              onDone();
            }}
          >
            {t('discard')}
          </Button>
          <Button
            type="submit"
            loading={send.isPending}
            disabled={!complete}
            leftSection={<IconSend size={16} aria-hidden />}
            aria-keyshortcuts="Control+Enter"
            data-testid="send-mail"
          >
            {t('send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
