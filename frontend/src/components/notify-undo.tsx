/** A short message in a corner that offers to take back what it tells of. */
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { notifyError } from './notify';

const LONG_ENOUGH_MS = 15_000;

/** It was taken back elsewhere. */
export function withdrawUndo(id: string): void {
  notifications.hide(id);
}

export function notifyUndo(id: string, message: string, undo: () => Promise<unknown>): void {
  const run = (): void => {
    notifications.hide(id);
    undo().catch(notifyError);
  };
  notifications.show({
    id,
    color: 'teal',
    autoClose: LONG_ENOUGH_MS,
    withBorder: true,
    closeButtonProps: { 'aria-label': i18next.t('common:actions.close') },
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-xs"
          variant="default"
          style={{ flex: 'none' }}
          onClick={run}
          data-testid="notified-undo"
        >
          {i18next.t('common:actions.undo')}
        </Button>
      </Group>
    ),
  });
}
