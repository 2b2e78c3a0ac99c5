/** One address: what it is told, whether it may be private, a trial, another secret. */
import { Button, Checkbox, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { notifyDone, notifyError } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { formatDateTime } from '@/lib/format/time';
import { fieldErrors, FormDrawer } from '../FormDrawer';
import { EVENTS, type EventCode, keyOf, type Webhook } from './types';

interface WebhookDrawerProps {
  webhook: Webhook | null;
  onClose: () => void;
  onSecret: (secret: string) => void;
}

export function WebhookDrawer({ webhook, onClose, onSecret }: WebhookDrawerProps) {
  const { t } = useTranslation('integrations');
  const client = useQueryClient();
  const [draft, setDraft] = useState({
    url: webhook?.url ?? 'https://',
    description: webhook?.description ?? '',
    events: webhook?.events ?? ([] as EventCode[]),
    private_host_allowed: webhook?.private_host_allowed ?? false,
  });
  const [enabled, setEnabled] = useState(webhook?.enabled ?? true);
  const set = (change: Partial<typeof draft>): void => setDraft((all) => ({ ...all, ...change }));
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['integrations'] });
  const save = useMutation({
    mutationFn: async () => {
      if (webhook === null)
        return (await unwrap(api.POST('/api/integrations/webhooks', { body: draft }))).secret;
      await unwrap(
        api.PATCH('/api/integrations/webhooks/{webhook_id}', {
          params: { path: { webhook_id: webhook.id } },
          body: { ...draft, ...(enabled === webhook.enabled ? {} : { enabled }) },
        }),
      );
      return null;
    },
    onSuccess: (secret) => {
      refresh();
      if (secret === null) onClose();
      else onSecret(secret);
    },
  });
  const errors = fieldErrors(save.error);
  return (
    <FormDrawer
      opened
      title={t(webhook ? 'webhook.edit' : 'webhook.add')}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      busy={save.isPending}
      error={save.error}
      disabled={draft.url.trim().length < 9 || draft.events.length === 0}
      extra={webhook && <Remove webhook={webhook} onDone={refresh} onClose={onClose} />}
    >
      <TextInput
        label={t('webhook.url')}
        description={t('webhook.urlHelp')}
        required
        maxLength={500}
        data-autofocus
        inputMode="url"
        value={draft.url}
        error={errors['url']}
        onChange={(event) => set({ url: event.currentTarget.value })}
      />
      <TextInput
        label={t('webhook.description')}
        maxLength={120}
        value={draft.description}
        error={errors['description']}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <Checkbox.Group
        label={t('webhook.events')}
        value={draft.events}
        onChange={(events) => set({ events: events as EventCode[] })}
      >
        <Stack gap={6} mt={6}>
          {EVENTS.map((code) => (
            <Checkbox key={code} value={code} label={t(`event.${keyOf(code)}`)} description={code} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Switch
        label={t('webhook.private')}
        description={t('webhook.privateHelp')}
        checked={draft.private_host_allowed}
        onChange={(event) => set({ private_host_allowed: event.currentTarget.checked })}
      />
      {webhook && (
        <Switch
          label={t('webhook.enabled')}
          description={t('webhook.enabledHelp')}
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
      )}
      {webhook && <More webhook={webhook} onDone={refresh} onSecret={onSecret} />}
    </FormDrawer>
  );
}

function More({
  webhook,
  onDone,
  onSecret,
}: {
  webhook: Webhook;
  onDone: () => void;
  onSecret: (secret: string) => void;
}) {
  const { t } = useTranslation('integrations');
  const at = { params: { path: { webhook_id: webhook.id } } };
  const test = useMutation({
    mutationFn: () => unwrap(api.POST('/api/integrations/webhooks/{webhook_id}/test', at)),
    onSuccess: () => {
      onDone();
      notifyDone(t('webhook.tested'));
    },
    onError: notifyError,
  });
  const rotate = useMutation({
    mutationFn: () => unwrap(api.POST('/api/integrations/webhooks/{webhook_id}/secret', at)),
    onSuccess: ({ secret }) => {
      onDone();
      onSecret(secret);
    },
    onError: notifyError,
  });
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Button
          size="xs"
          variant="light"
          disabled={!webhook.enabled}
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          {t('webhook.test')}
        </Button>
        <ConfirmInline size="xs" confirmLabel={t('webhook.rotateConfirm')} onConfirm={() => rotate.mutate()}>
          {t('webhook.rotate')}
        </ConfirmInline>
      </Group>
      <Text size="xs" c="dimmed">
        {webhook.former_until
          ? t('webhook.formerUntil', { until: formatDateTime(webhook.former_until) })
          : t('webhook.rotateHelp')}
      </Text>
    </Stack>
  );
}

function Remove({ webhook, onDone, onClose }: { webhook: Webhook; onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation('integrations');
  const remove = useMutation({
    mutationFn: () =>
      unwrap(
        api.DELETE('/api/integrations/webhooks/{webhook_id}', {
          params: { path: { webhook_id: webhook.id } },
        }),
      ),
    onSuccess: () => {
      onDone();
      onClose();
    },
    onError: notifyError,
  });
  return (
    <ConfirmInline
      color="red"
      variant="subtle"
      confirmLabel={t('webhook.deleteConfirm')}
      onConfirm={() => remove.mutate()}
    >
      {t('common:actions.delete')}
    </ConfirmInline>
  );
}
