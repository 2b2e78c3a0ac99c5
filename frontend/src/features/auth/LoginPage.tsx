/** Sign-in. Comes back to where the person was when the session ended. */
import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { setLanguage } from '@/i18n';
import { api, unwrap } from '@/lib/api/client';
import { homeOf, type Me, meQuery } from '@/lib/api/session';
import { isStarting, untilStarted } from '@/lib/api/starting';
import { ChangePassword } from './ChangePassword';
import { Frame } from './Frame';

export function LoginPage() {
  const { t } = useTranslation('auth');
  const { next, expired } = useSearch({ strict: false }) as { next?: string; expired?: boolean };
  const navigate = useNavigate();
  const client = useQueryClient();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [capsLock, setCapsLock] = useState(false);
  const [mustChange, setMustChange] = useState<Me | null>(null);

  const enter = (me: Me): void => {
    client.setQueryData(meQuery.queryKey, me);
    void setLanguage(me.language);
    // Only a path of this site: a link must not lead elsewhere after sign-in.
    const to = next && /^\/(?!\/)/.test(next) ? next : homeOf(me.role);
    void navigate({ to });
  };
  const signIn = useMutation({
    mutationFn: () => unwrap(api.POST('/api/auth/login', { body: { username, password } })),
    ...untilStarted(0),
    onSuccess: (me) => (me.must_change_password ? setMustChange(me) : enter(me)),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate();
  };
  const watchCapsLock = (event: KeyboardEvent): void => setCapsLock(event.getModifierState('CapsLock'));

  if (mustChange) return <ChangePassword current={password} onDone={enter} />;
  return (
    <Frame title={t('signIn')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {expired && !signIn.isError && <Alert color="blue">{t('expired')}</Alert>}
          {signIn.isPending && isStarting(signIn.failureReason) && (
            <Alert color="blue" role="status" data-testid="starting">
              {t('starting')}
            </Alert>
          )}
          {signIn.isError && (
            <ErrorMessage
              error={signIn.error}
              {...(isStarting(signIn.error) ? {} : { title: t('refused') })}
            />
          )}
          <TextInput
            label={t('username')}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            data-autofocus
            ref={(node: HTMLInputElement | null) => {
              if (node && document.activeElement === document.body) node.focus();
            }}
            required
            withAsterisk={false}
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('password')}
            name="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            description={capsLock ? t('capsLock') : undefined}
            onKeyUp={watchCapsLock}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" size="md" loading={signIn.isPending} data-testid="sign-in">
            {t('signIn')}
          </Button>
          <Text size="xs" c="dimmed">
            {t('forgotten')}
          </Text>
        </Stack>
      </form>
    </Frame>
  );
}
