/** A trunk: what the carrier gave, how many calls it may carry, how it writes numbers. The secret can be written, never read. */
import {
  Group,
  MultiSelect,
  NumberInput,
  PasswordInput,
  Select,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { api, unwrap } from '@/lib/api/client';
import { trunksQuery } from '@/lib/api/names';
import { without } from '@/lib/without';
import { fieldErrors, FormDrawer } from '../FormDrawer';
import type { Trunk, TrunkIn } from './types';

type Draft = Required<TrunkIn>;

const EMPTY: Draft = {
  name: '',
  host: '',
  port: 5060,
  transport: 'udp',
  username: '',
  secret: '',
  registers: true,
  codecs: ['alaw', 'ulaw'],
  channel_limit: 30,
  cps_limit: 5,
  number_format: 'e164',
  priority: 0,
  enabled: true,
};
const CODECS = ['alaw', 'ulaw', 'g722', 'opus', 'g729', 'gsm'] as const;
const FORMATS = ['e164', '00', 'national'] as const;
const TRANSPORTS = ['udp', 'tcp', 'tls'] as const;
const SAMPLE = '01 99 00 12 34';

function draftOf(trunk: Trunk): Draft {
  return { ...without(trunk, 'id', 'has_secret', 'simulator'), secret: '' };
}

/** What differs; an empty secret means "as it was". */
function changeOf(trunk: Trunk, draft: Draft): Partial<TrunkIn> {
  const base = draftOf(trunk);
  const names = Object.keys(base) as (keyof Draft)[];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(base[name]) !== JSON.stringify(draft[name]))
      .map((name) => [name, draft[name]]),
  );
}

export function TrunkDrawer({ trunk, onClose }: { trunk: Trunk | 'new' | null; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const known = trunk === 'new' ? null : trunk;
  const [draft, setDraft] = useState(known ? draftOf(known) : EMPTY);
  const set = (change: Partial<Draft>): void => setDraft((all) => ({ ...all, ...change }));
  const done = (): void => {
    void client.invalidateQueries({ queryKey: trunksQuery.queryKey });
    onClose();
  };
  const save = useMutation<unknown>({
    mutationFn: () =>
      known
        ? unwrap(
            api.PATCH('/api/trunks/{trunk_id}', {
              params: { path: { trunk_id: known.id } },
              body: changeOf(known, draft),
            }),
          )
        : unwrap(api.POST('/api/trunks', { body: draft })),
    onSuccess: done,
  });
  const remove = useMutation<unknown>({
    mutationFn: async () =>
      known && unwrap(api.DELETE('/api/trunks/{trunk_id}', { params: { path: { trunk_id: known.id } } })),
    onSuccess: done,
  });
  const errors = fieldErrors(save.error);
  return (
    <FormDrawer
      opened={trunk !== null}
      title={known ? known.name : t('add.trunks')}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      busy={save.isPending || remove.isPending}
      error={save.error ?? remove.error}
      disabled={!draft.name.trim() || !draft.host.trim()}
      extra={
        known && (
          <ConfirmInline
            color="red"
            variant="subtle"
            confirmLabel={t('common:actions.delete')}
            onConfirm={() => remove.mutate()}
          >
            {t('trunks.delete')}
          </ConfirmInline>
        )
      }
    >
      <TextInput
        label={t('trunks.name')}
        description={t('trunks.nameHelp')}
        required
        data-autofocus
        maxLength={80}
        value={draft.name}
        error={errors['name']}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Group align="end" wrap="nowrap">
        <TextInput
          flex={1}
          label={t('trunks.server')}
          required
          placeholder="sip.operateur.fr"
          value={draft.host}
          error={errors['host']}
          onChange={(event) => set({ host: event.currentTarget.value })}
        />
        <NumberInput
          w={90}
          hideControls
          label={t('trunks.port')}
          min={1}
          max={65535}
          value={draft.port}
          error={errors['port']}
          onChange={(value) => value !== '' && set({ port: Number(value) })}
        />
        <Select
          w={90}
          label={t('trunks.transport')}
          data={TRANSPORTS.map((code) => ({ value: code, label: code.toUpperCase() }))}
          value={draft.transport}
          onChange={(transport) => set({ transport: transport as Draft['transport'] })}
        />
      </Group>
      <Switch
        label={t('trunks.registers')}
        description={t('trunks.registersHelp')}
        checked={draft.registers}
        onChange={(event) => set({ registers: event.currentTarget.checked })}
      />
      <Group grow align="start">
        <TextInput
          label={t('trunks.username')}
          autoComplete="off"
          value={draft.username}
          error={errors['username']}
          onChange={(event) => set({ username: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('trunks.secret')}
          autoComplete="new-password"
          placeholder={known?.has_secret ? t('trunks.secretKept') : ''}
          value={draft.secret}
          error={errors['secret']}
          onChange={(event) => set({ secret: event.currentTarget.value })}
        />
      </Group>
      <Text size="xs" c="dimmed" mt={-8}>
        {t('trunks.secretHelp')}
      </Text>
      <Group grow align="start">
        <NumberInput
          label={t('trunks.channels')}
          description={t('trunks.channelsHelp')}
          min={1}
          max={10_000}
          value={draft.channel_limit}
          error={errors['channel_limit']}
          onChange={(value) => value !== '' && set({ channel_limit: Number(value) })}
        />
        <NumberInput
          label={t('trunks.cps')}
          description={t('trunks.cpsHelp')}
          min={0.1}
          max={200}
          step={1}
          decimalScale={1}
          value={draft.cps_limit}
          error={errors['cps_limit']}
          onChange={(value) => value !== '' && set({ cps_limit: Number(value) })}
        />
      </Group>
      <NumberFormat value={draft.number_format} onChange={(number_format) => set({ number_format })} />
      <MultiSelect
        label={t('trunks.codecs')}
        description={t('trunks.codecsHelp')}
        data={CODECS.map((code) => ({ value: code, label: t(`trunks.codec.${code}`) }))}
        value={draft.codecs}
        error={errors['codecs']}
        onChange={(codecs) => set({ codecs: codecs as Draft['codecs'] })}
      />
      <NumberInput
        label={t('trunks.priority')}
        description={t('trunks.priorityHelp')}
        w={200}
        min={0}
        max={1000}
        value={draft.priority}
        onChange={(value) => value !== '' && set({ priority: Number(value) })}
      />
      <Switch
        label={t('trunks.enabled')}
        checked={draft.enabled}
        onChange={(event) => set({ enabled: event.currentTarget.checked })}
      />
    </FormDrawer>
  );
}

function NumberFormat({
  value,
  onChange,
}: {
  value: Draft['number_format'];
  onChange: (format: Draft['number_format']) => void;
}) {
  const { t } = useTranslation('settings');
  const { data } = useQuery({
    queryKey: ['trunks', 'format', value],
    queryFn: () =>
      unwrap(api.POST('/api/trunks/format-preview', { body: { number: SAMPLE, number_format: value } })),
    staleTime: Infinity,
  });
  return (
    <Select
      label={t('trunks.format')}
      description={
        data ? t('trunks.formatHelp', { sample: SAMPLE, dialed: data.dialed }) : t('trunks.formatWhich')
      }
      data={FORMATS.map((code) => ({ value: code, label: t(`trunks.formats.${code}`) }))}
      value={value}
      onChange={(format) => onChange(format as Draft['number_format'])}
    />
  );
}
