/** Short messages in a corner, for what has no place of its own on the screen. */
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { errorFromThrown } from '@/lib/api/error';

/** The cross has no name of its own. */
const named = () => ({ closeButtonProps: { 'aria-label': i18next.t('common:actions.close') } });

export function notifyError(error: unknown): void {
  const { code, message } = errorFromThrown(error);
  notifications.show({
    id: `error-${code}`,
    color: 'red',
    message,
    autoClose: 8000,
    withBorder: true,
    ...named(),
  });
}

export function notifyDone(message: string): void {
  notifications.show({ color: 'teal', message, autoClose: 3500, withBorder: true, ...named() });
}

export function notifyInfo(message: string, level: 'info' | 'warning' | 'error' = 'info'): void {
  const color = { info: 'blue', warning: 'yellow', error: 'red' }[level];
  notifications.show({
    id: `info-${message}`, // said again while it is there, it is not stacked
    color,
    message,
    autoClose: level === 'info' ? 5000 : 10_000,
    withBorder: true,
    ...named(),
  });
}
