/** A user: new, changed, given a new password, disabled. Never deleted, so that history keeps its names. */
import { Button, Group, MultiSelect, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { notifyDone, notifyError } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { groupsQuery } from '@/lib/api/names';
import { useMe } from '@/lib/api/session';
import { fieldErrors, FormDrawer } from '../FormDrawer';
import type { Shown } from './NewPassword';
import { ROLES, type User } from './types';

interface UserDrawerProps {
  user: User | 'new' | null;
  onClose: () => void;
  onPassword: (shown: Shown) => void;
}

type Draft = Pick<
  User,
  'username' | 'first_name' | 'last_name' | 'email' | 'role' | 'language' | 'group_ids'
>;

const EMPTY: Draft = {
  username: '',
  first_name: '',
  last_name: '',
  email: '',
  role: 'agent',
  language: 'fr',
  group_ids: [],
};

function draftOf({ username, first_name, last_name, email, role, language, group_ids }: User): Draft {
  return { username, first_name, last_name, email, role, language, group_ids };
}

export function UserDrawer({ user, onClose, onPassword }: UserDrawerProps) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const me = useMe();
  const { data: groups } = useQuery(groupsQuery);
  const known = user === 'new' ? null : user;
  const [draft, setDraft] = useState(known ? draftOf(known) : EMPTY);
  const set = (change: Partial<Draft>): void => setDraft((all) => ({ ...all, ...change }));
  const refresh = (): void => {
    void client.invalidateQueries({ queryKey: ['users'] });
    void client.invalidateQueries({ queryKey: ['groups'] });
  };
  const save = useMutation({
    mutationFn: async (): Promise<void> => {
      if (known) {
        const body = Object.fromEntries(
          Object.entries(draft).filter(
            ([name, value]) => JSON.stringify(value) !== JSON.stringify(known[name as keyof Draft]),
          ),
        );
        await unwrap(api.PATCH('/api/users/{user_id}', { params: { path: { user_id: known.id } }, body }));
        return;
      }
      const { user: made, password } = await unwrap(api.POST('/api/users', { body: draft }));
      if (password) onPassword({ name: made.display_name, username: made.username, password });
    },
    onSuccess: () => {
      refresh();
      onClose();
    },
  });
  const mayGiveRoles = me.permissions.includes('manage_roles');
  const errors = fieldErrors(save.error);
  const text = (name: 'username' | 'first_name' | 'last_name' | 'email') => (
    <TextInput
      label={t(`users.${name}`)}
      required={name === 'username'}
      maxLength={name === 'email' ? 254 : 80}
      value={draft[name]}
      error={errors[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
      autoComplete="off"
    />
  );
  return (
    <FormDrawer
      opened={user !== null}
      title={known ? known.display_name : t('add.users')}
      onClose={onClose}
      onSubmit={() => save.mutate()}
      busy={save.isPending}
      error={save.error}
      disabled={!draft.username.trim()}
    >
      <Group grow align="start">
        {text('first_name')}
        {text('last_name')}
      </Group>
      {text('username')}
      {text('email')}
      <Radio.Group
        label={t('users.role')}
        value={draft.role}
        onChange={(role) => set({ role: role as User['role'] })}
        error={errors['role']}
      >
        <Stack gap="xs" mt={6}>
          {ROLES.map((role) => (
            <Radio
              key={role}
              value={role}
              label={t(`common:role.${role}`)}
              description={t(`users.roleHelp.${role}`)}
              disabled={!mayGiveRoles && role !== 'agent' && role !== draft.role}
            />
          ))}
        </Stack>
      </Radio.Group>
      <MultiSelect
        label={t('users.groups')}
        searchable
        data={(groups?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
        value={draft.group_ids.map(String)}
        onChange={(ids) => set({ group_ids: ids.map(Number).sort((a, b) => a - b) })}
      />
      <Select
        label={t('users.language')}
        data={[
          { value: 'fr', label: t('common:user.french') },
          { value: 'en', label: t('common:user.english') },
        ]}
        value={draft.language}
        onChange={(language) => set({ language: language as User['language'] })}
      />
      {known ? (
        <KnownUser user={known} onDone={refresh} onClose={onClose} onPassword={onPassword} />
      ) : (
        <Text size="xs" c="dimmed">
          {t('users.newHelp')}
        </Text>
      )}
    </FormDrawer>
  );
}

interface KnownUserProps {
  user: User;
  onDone: () => void;
  onClose: () => void;
  onPassword: (shown: Shown) => void;
}

function KnownUser({ user, onDone, onClose, onPassword }: KnownUserProps) {
  const { t } = useTranslation('settings');
  const at = { params: { path: { user_id: user.id } } };
  const reset = useMutation({
    mutationFn: () => unwrap(api.POST('/api/users/{user_id}/reset-password', at)),
    onSuccess: ({ password }) => {
      onDone();
      onClose();
      onPassword({ name: user.display_name, username: user.username, password });
    },
    onError: notifyError,
  });
  const enable = useMutation({
    mutationFn: (is_active: boolean) =>
      unwrap(api.PATCH('/api/users/{user_id}', { ...at, body: { is_active } })),
    onSuccess: (next) => {
      notifyDone(t(next.is_active ? 'users.enabled' : 'users.disabled', { name: next.display_name }));
      onDone();
      onClose();
    },
    onError: notifyError,
  });
  return (
    <Group gap="sm">
      <ConfirmInline size="xs" confirmLabel={t('users.resetConfirm')} onConfirm={() => reset.mutate()}>
        {t('users.reset')}
      </ConfirmInline>
      {user.is_active ? (
        <ConfirmInline
          size="xs"
          color="red"
          variant="light"
          confirmLabel={t('users.disableConfirm')}
          onConfirm={() => enable.mutate(false)}
        >
          {t('users.disable')}
        </ConfirmInline>
      ) : (
        <Button size="xs" variant="light" onClick={() => enable.mutate(true)}>
          {t('users.enable')}
        </Button>
      )}
    </Group>
  );
}
