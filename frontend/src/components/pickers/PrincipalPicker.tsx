/** For which company: one that is known, or a new one by its SIREN, made on the spot. */
import { Anchor, Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { api, unwrap } from '@/lib/api/client';
import { ApiError } from '@/lib/api/error';
import { principalsQuery } from '@/lib/api/names';
import { useMe } from '@/lib/api/session';
import { formatSiren } from '@/lib/format/siren';

interface PrincipalPickerProps {
  value: number | null;
  onChange: (id: number | null) => void;
  required?: boolean;
  error?: string | undefined;
}

export function PrincipalPicker({ value, onChange, required, error }: PrincipalPickerProps) {
  const { t } = useTranslation('consents');
  const me = useMe();
  const { data, error: unread, refetch } = useQuery(principalsQuery);
  const [isNew, setNew] = useState(false);
  const done = (id?: number): void => {
    if (id !== undefined) onChange(id);
    setNew(false);
  };
  if (unread) return <ErrorMessage error={unread} onRetry={() => void refetch()} />;
  return (
    <Stack gap="xs">
      <Select
        label={t('principal.label')}
        placeholder={t('principal.choose')}
        nothingFoundMessage={t('principal.none')}
        searchable
        clearable={!required}
        withAsterisk={required ?? false}
        error={error}
        data={(data?.items ?? []).map(({ id, name, siren }) => ({
          value: String(id),
          label: `${name} · ${formatSiren(siren)}`,
        }))}
        value={value === null ? null : String(value)}
        onChange={(id) => onChange(id === null ? null : Number(id))}
      />
      {me.permissions.includes('manage_contacts') &&
        (isNew ? (
          <NewPrincipal onDone={done} />
        ) : (
          <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setNew(true)}>
            {t('principal.add')}
          </Anchor>
        ))}
    </Stack>
  );
}

function NewPrincipal({ onDone }: { onDone: (id?: number) => void }) {
  const { t } = useTranslation('consents');
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [siren, setSiren] = useState('');
  const create = useMutation({
    mutationFn: () => unwrap(api.POST('/api/principals', { body: { name, siren } })),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: principalsQuery.queryKey });
      onDone(id);
    },
  });
  const errors = create.error instanceof ApiError ? create.error.fields : {};
  // It may stand within another form, which Enter must not send.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    create.mutate();
  };
  return (
    <Stack gap="xs" role="group" aria-label={t('principal.add')} onKeyDown={onKeyDown}>
      <TextInput
        label={t('principal.name')}
        required
        data-autofocus
        maxLength={160}
        value={name}
        error={errors['name']}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('principal.siren')}
        description={t('principal.sirenHelp')}
        required
        inputMode="numeric"
        maxLength={14}
        value={siren}
        error={errors['siren'] ?? (create.error && !errors['name'] ? create.error.message : undefined)}
        onChange={(event) => setSiren(event.currentTarget.value)}
      />
      <Group gap="sm">
        <Button
          size="xs"
          loading={create.isPending}
          disabled={!name.trim() || !siren.trim()}
          onClick={() => create.mutate()}
        >
          {t('principal.create')}
        </Button>
        <Button size="xs" variant="default" onClick={() => onDone()}>
          {t('common:actions.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
