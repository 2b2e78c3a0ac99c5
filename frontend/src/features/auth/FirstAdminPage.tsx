/** The one-time link that `./decroche up` prints: makes the first administrator, then signs him in. */
import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { currentLanguage } from '@/i18n';
import { api, unwrap } from '@/lib/api/client';
import { homeOf, meQuery } from '@/lib/api/session';
import { Frame } from './Frame';
import { passwordProblem } from './password';

const EMPTY = { first_name: '', last_name: '', username: '', password: '' };

export function FirstAdminPage() {
  const { t } = useTranslation('auth');
  const { token } = useParams({ strict: false }) as { token: string };
  const navigate = useNavigate();
  const client = useQueryClient();
  const [person, setPerson] = useState(EMPTY);
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);

  const link = useQuery({
    queryKey: ['first-admin', token],
    queryFn: async () => {
      await unwrap(api.GET('/api/first-admin/{token}', { params: { path: { token } } }));
      return true;
    },
    retry: false,
  });
  const create = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/first-admin/{token}', {
          params: { path: { token } },
          body: { ...person, language: currentLanguage() },
        }),
      ),
    onSuccess: async () => {
      const me = await client.fetchQuery({ ...meQuery, staleTime: 0 });
      void navigate({ to: me ? homeOf(me.role) : '/login' });
    },
  });

  const problem = passwordProblem(person.password, again);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!problem && person.username) create.mutate();
  };
  const field = (name: keyof typeof EMPTY) => ({
    value: person[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      const { value } = event.currentTarget;
      setPerson((known) => ({ ...known, [name]: value }));
    },
  });

  if (link.isError)
    return (
      <Frame title={t('firstAdmin.dead')}>
        <Stack gap="md">
          <ErrorMessage error={link.error} title={t('firstAdmin.dead')} />
          <Link to="/login">{t('firstAdmin.toSignIn')}</Link>
        </Stack>
      </Frame>
    );
  return (
    <Frame title={t('firstAdmin.title')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">{t('firstAdmin.help')}</Text>
          {create.isError && <ErrorMessage error={create.error} />}
          <Group grow>
            <TextInput label={t('firstAdmin.firstName')} autoComplete="given-name" {...field('first_name')} />
            <TextInput label={t('firstAdmin.lastName')} autoComplete="family-name" {...field('last_name')} />
          </Group>
          <TextInput
            label={t('username')}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            required
            error={tried && !person.username && t('firstAdmin.missing')}
            {...field('username')}
          />
          <PasswordInput
            label={t('password')}
            name="password"
            description={t('firstAdmin.passwordHelp')}
            autoComplete="new-password"
            required
            error={tried && problem === 'short' && t('firstAdmin.short')}
            {...field('password')}
          />
          <PasswordInput
            label={t('firstAdmin.again')}
            autoComplete="new-password"
            required
            error={tried && problem === 'different' && t('firstAdmin.different')}
            value={again}
            onChange={(event) => setAgain(event.currentTarget.value)}
          />
          <Button type="submit" size="md" loading={create.isPending} disabled={link.isPending}>
            {t('firstAdmin.create')}
          </Button>
        </Stack>
      </form>
    </Frame>
  );
}
