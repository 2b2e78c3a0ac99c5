/** A key or a secret shown once: only what recognises it is kept, so it must be copied now. */
import { Button, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from '../Settings.module.css';

export interface Once {
  title: string;
  help: string;
  text: string;
}

export function ShownOnce({ shown, onClose }: { shown: Once | null; onClose: () => void }) {
  const { t } = useTranslation('integrations');
  return (
    <Modal
      opened={shown !== null}
      onClose={onClose}
      title={shown?.title ?? ''}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
      // The page has its banner already.
      attributes={{ header: { role: 'presentation' } }}
    >
      {shown && (
        <Stack>
          <Text size="sm">{shown.help}</Text>
          <div className={classes.password} data-testid="shown-once">
            {shown.text}
          </div>
          <Group justify="end">
            <CopyButton value={shown.text}>
              {({ copied, copy }) => (
                <Button
                  variant="default"
                  onClick={copy}
                  leftSection={
                    copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
                  }
                >
                  {t(copied ? 'copied' : 'copy')}
                </Button>
              )}
            </CopyButton>
            <Button onClick={onClose}>{t('noted')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
