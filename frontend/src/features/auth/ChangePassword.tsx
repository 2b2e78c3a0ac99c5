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

export function ChangePassword({ current, onDone }: { current: string; onDone: (me: Me) => void }) {
  const { t } = useTranslation('auth');
  const [chosen, setChosen] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const problem = tried ? passwordProblem(chosen, again) : null;
  const change = useMutation({
    mutationFn: () =>
      unwrap(api.PATCH('/api/auth/me', { body: { current_password: current, new_password: chosen } })),
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
