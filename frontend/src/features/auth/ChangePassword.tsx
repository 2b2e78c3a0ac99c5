/** After a reset: the password received was good for one sign-in only. */
import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { api, unwrap } from '@/lib/api/client';
import type { Me } from '@/lib/api/session';
import { Frame } from './Frame';
import { passwordProblem } from './password';

interface ChangePasswordProps {
  /** The password just used to sign in; asked for where it is not known any more. */
  current?: string;
  onDone: (me: Me) => void;
}

export function ChangePassword({ current, onDone }: ChangePasswordProps) {
  const { t } = useTranslation('auth');
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const problem = tried ? passwordProblem(chosen, again) : null;
  const change = useMutation({
    mutationFn: () =>
      unwrap(
        api.PATCH('/api/auth/me', { body: { current_password: current ?? typed, new_password: chosen } }),
      ),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!passwordProblem(chosen, again)) change.mutate();
  };
  return (
    <Frame title={t('changePassword.title')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">{t('changePassword.help')}</Text>
          {change.isError && <ErrorMessage error={change.error} />}
          {current === undefined && (
            <PasswordInput
              label={t('changePassword.current')}
              autoComplete="current-password"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          )}
          <PasswordInput
            label={t('changePassword.new')}
            description={t('firstAdmin.passwordHelp')}
            autoComplete="new-password"
            value={chosen}
            error={problem === 'short' && t('firstAdmin.short')}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('firstAdmin.again')}
            autoComplete="new-password"
            value={again}
            error={problem === 'different' && t('firstAdmin.different')}
            onChange={(event) => setAgain(event.currentTarget.value)}
          />
          <Button type="submit" loading={change.isPending}>
            {t('changePassword.save')}
          </Button>
        </Stack>
      </form>
    </Frame>
  );
}
