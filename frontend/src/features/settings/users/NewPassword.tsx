/** A password shown once: it is kept nowhere, so it must be copied now. */
import { Button, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from '../Settings.module.css';

export interface Shown {
  name: string;
  username: string;
  password: string;
}

export function NewPassword({ shown, onClose }: { shown: Shown | null; onClose: () => void }) {
  const { t } = useTranslation('settings');
  return (
    <Modal
      opened={shown !== null}
      onClose={onClose}
      title={shown ? t('users.passwordOf', { name: shown.name }) : ''}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      {shown && (
        <Stack>
          <Text size="sm">{t('users.passwordHelp')}</Text>
          <Text size="sm">
            {t('users.username')} : <strong>{shown.username}</strong>
          </Text>
          <div className={classes.password} data-testid="new-password">
            {shown.password}
          </div>
          <Group justify="end">
            <CopyButton value={shown.password}>
              {({ copied, copy }) => (
                <Button
                  variant="default"
                  onClick={copy}
                  leftSection={
                    copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
                  }
                >
                  {copied ? t('users.copied') : t('users.copy')}
                </Button>
              )}
            </CopyButton>
            <Button onClick={onClose}>{t('users.noted')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
