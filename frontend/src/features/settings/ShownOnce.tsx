/** A password, a key or a secret, shown once: only what recognises it is kept, so it must be copied now. */
import { Button, CopyButton, Group, Modal, Stack } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Settings.module.css';

interface Props {
  title: string;
  /** Null where there is nothing to show: the dialog is shut. */
  secret: string | null;
  testId: string;
  onClose: () => void;
  /** What it is and what to do with it. */
  children: ReactNode;
}

export function ShownOnce({ title, secret, testId, onClose, children }: Props) {
  const { t } = useTranslation('settings');
  return (
    <Modal
      opened={secret !== null}
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
      // The page has its banner already.
      attributes={{ header: { role: 'presentation' } }}
    >
      {secret !== null && (
        <Stack>
          {children}
          <div className={classes.password} data-testid={testId}>
            {secret}
          </div>
          <Group justify="end">
            <CopyButton value={secret}>
              {({ copied, copy }) => (
                <Button
                  variant="default"
                  onClick={copy}
                  leftSection={
                    copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
                  }
                >
                  {t(copied ? 'once.copied' : 'once.copy')}
                </Button>
              )}
            </CopyButton>
            <Button onClick={onClose}>{t('once.noted')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
