/** Whether what was typed is kept: always shown beside what is saved as typed. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export type SaveState = 'idle' | 'waiting' | 'saving' | 'saved' | 'failed';

export function SavedMark({ state, message }: { state: SaveState; message?: string | undefined }) {
  const { t } = useTranslation('common');
  return (
    <Text
      component="span"
      size="xs"
      c={state === 'failed' ? 'var(--state-fault-ink)' : 'dimmed'}
      role="status"
      data-testid="saved-mark"
      data-state={state}
      title={message}
    >
      {state === 'failed' && message ? t('labelled', { label: t('saved.failed'), value: message }) : ''}
      {state === 'idle' || (state === 'failed' && message) ? '' : t(`saved.${state}`)}
      {state === 'saved' ? ' ✓' : ''}
    </Text>
  );
}
