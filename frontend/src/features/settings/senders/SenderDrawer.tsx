/** A sender: its server, its account, the name and addresses that recipients see. The password can be written, never read. */
import { Group, NumberInput, PasswordInput, Select, Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { api, unwrap } from '@/lib/api/client';
import { sendersQuery } from '@/lib/api/names';
import { without } from '@/lib/without';
import { fieldErrors, FormDrawer } from '../FormDrawer';
import type { Sender, SenderIn } from './types';

type Draft = Required<SenderIn>;

const EMPTY: Draft = {
  name: '',
  host: '',
  port: 587,
  security: 'starttls',
  username: '',
  secret: '',
  from_name: '',
  from_address: '',
  reply_to: '',
  is_default: false,
  enabled: true,
};
const SECURITIES = ['starttls', 'tls', 'none'] as const;
const USUAL_PORT: Record<Draft['security'], number> = { starttls: 587, tls: 465, none: 25 };

function draftOf(sender: Sender): Draft {
  return { ...without(sender, 'id', 'has_secret'), secret: '' };
}

/** What differs; an empty password means "as it was". */
function changeOf(sender: Sender, draft: Draft): Partial<Draft> {
  const base = draftOf(sender);
  const names = Object.keys(base) as (keyof Draft)[];
  return Object.fromEntries(
    names.filter((name) => base[name] !== draft[name]).map((name) => [name, draft[name]]),
  );
}

export function SenderDrawer({ sender, onClose }: { sender: Sender | 'new' | null; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const known = sender === 'new' ? null : sender;
  const [draft, setDraft] = useState(known ? draftOf(known) : EMPTY);
  const set = (change: Partial<Draft>): void => setDraft((all) => ({ ...all, ...change }));
  const done = (): void => {
    void client.invalidateQueries({ queryKey: sendersQuery.queryKey });
    onClose();
  };
  const save = useMutation<unknown>({
    mutationFn: () =>
      known
        ? unwrap(
            api.PATCH('/api/senders/{sender_id}', {
              params: { path: { sender_id: known.id } },
              body: changeOf(known, draft) as never,
            }),
          )
        : unwrap(api.POST('/api/senders', { body: draft })),
    onSuccess: done,
  });
  const remove = useMutation<unknown>({
    mutationFn: async () =>
      known && unwrap(api.DELETE('/api/senders/{sender_id}', { params: { path: { sender_id: known.id } } })),
    onSuccess: done,
  });
  const errors = fieldErrors(save.error);
  const secure = (security: Draft['security']): void =>
    set({ security, ...(draft.port === USUAL_PORT[draft.security] ? { port: USUAL_PORT[security] } : {}) });
  return (
    <FormDrawer
      opened={sender !== null}
      title={known ? known.name : t('add.senders')}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      busy={save.isPending || remove.isPending}
      error={save.error ?? remove.error}
      disabled={!draft.name.trim() || !draft.host.trim() || !draft.from_address.trim()}
      extra={
        known && (
          <ConfirmInline
            color="red"
            variant="subtle"
            confirmLabel={t('senders.deleteConfirm')}
            onConfirm={() => remove.mutate()}
          >
            {t('senders.delete')}
          </ConfirmInline>
        )
      }
    >
      <TextInput
        label={t('senders.name')}
        description={t('senders.nameHelp')}
        required
        data-autofocus
        maxLength={80}
        value={draft.name}
        error={errors['name']}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('senders.fromName')}
        description={t('senders.fromNameHelp')}
        maxLength={120}
        value={draft.from_name}
        error={errors['from_name']}
        onChange={(event) => set({ from_name: event.currentTarget.value })}
      />
      <TextInput
        type="email"
        label={t('senders.fromAddress')}
        required
        maxLength={254}
        value={draft.from_address}
        error={errors['from_address']}
        onChange={(event) => set({ from_address: event.currentTarget.value })}
      />
      <TextInput
        type="email"
        label={t('senders.replyTo')}
        description={t('senders.replyToHelp')}
        maxLength={254}
        value={draft.reply_to}
        error={errors['reply_to']}
        onChange={(event) => set({ reply_to: event.currentTarget.value })}
      />
      <Group align="start" wrap="nowrap">
        <TextInput
          label={t('senders.host')}
          required
          maxLength={200}
          style={{ flex: 1 }}
          value={draft.host}
          error={errors['host']}
          onChange={(event) => set({ host: event.currentTarget.value })}
        />
        <NumberInput
          label={t('senders.port')}
          w={100}
          min={1}
          max={65_535}
          value={draft.port}
          error={errors['port']}
          onChange={(value) => value !== '' && set({ port: Number(value) })}
        />
      </Group>
      <Select
        label={t('senders.security')}
        description={t(`senders.securityHelp.${draft.security}`)}
        data={SECURITIES.map((code) => ({ value: code, label: t(`senders.securities.${code}`) }))}
        value={draft.security}
        allowDeselect={false}
        error={errors['security']}
        onChange={(security) => security && secure(security as Draft['security'])}
      />
      <Group grow align="start">
        <TextInput
          label={t('senders.username')}
          autoComplete="off"
          maxLength={120}
          value={draft.username}
          error={errors['username']}
          onChange={(event) => set({ username: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('senders.secret')}
          autoComplete="new-password"
          placeholder={known?.has_secret ? t('senders.secretKept') : ''}
          maxLength={200}
          value={draft.secret}
          error={errors['secret']}
          onChange={(event) => set({ secret: event.currentTarget.value })}
        />
      </Group>
      <Text size="xs" c="dimmed" mt={-8}>
        {t('senders.secretHelp')}
      </Text>
      <Switch
        label={t('senders.isDefault')}
        description={t('senders.isDefaultHelp')}
        checked={draft.is_default}
        disabled={known?.is_default ?? false}
        onChange={(event) => set({ is_default: event.currentTarget.checked })}
      />
      <Switch
        label={t('senders.enabled')}
        checked={draft.enabled}
        onChange={(event) => set({ enabled: event.currentTarget.checked })}
      />
    </FormDrawer>
  );
}
