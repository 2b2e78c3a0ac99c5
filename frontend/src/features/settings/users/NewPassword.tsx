/** A new password: it is kept nowhere. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ShownOnce } from '../ShownOnce';

export interface Shown {
  name: string;
  username: string;
  password: string;
}

export function NewPassword({ shown, onClose }: { shown: Shown | null; onClose: () => void }) {
  const { t } = useTranslation('settings');
  return (
    <ShownOnce
      title={shown ? t('users.passwordOf', { name: shown.name }) : ''}
      secret={shown?.password ?? null}
      testId="new-password"
      onClose={onClose}
    >
      <Text size="sm">{t('users.passwordHelp')}</Text>
      <Text size="sm">
        {t('users.username')} : <strong>{shown?.username}</strong>
      </Text>
    </ShownOnce>
  );
}
