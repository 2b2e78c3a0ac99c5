/** Leaving the offered record without calling it: why, by a digit. */
import { Button, Stack, Text } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '@/components/KeyHint';
import { act } from '../floor';
import { keyOf } from '../keys/keyOf';
import { setPanel } from '../panels';

/** Reason (kept as it is), and how long the record stays away. */
const REASONS = [
  { reason: 'later', later_s: 3600 },
  { reason: 'tomorrow', later_s: 86_400 },
  { reason: 'duplicate', later_s: 30 * 86_400 },
  { reason: 'already_client', later_s: 30 * 86_400 },
  { reason: 'off_target', later_s: 30 * 86_400 },
] as const;

export function SkipPanel() {
  const { t } = useTranslation('agent-desktop');
  const skip = (index: number): void => {
    const chosen = REASONS[index];
    if (!chosen) return;
    setPanel(null);
    void act('skip_offered', { ...chosen });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const key = keyOf(event.nativeEvent);
    if (key && /^[1-5]$/.test(key)) {
      event.preventDefault();
      skip(Number(key) - 1);
    }
  };
  return (
    <div onKeyDown={onKeyDown} role="toolbar" aria-label={t('skip.title')} data-testid="skip-panel">
      <Text size="sm" fw={600} mb="xs">
        {t('skip.title')}
      </Text>
      <Stack gap={4}>
        {REASONS.map(({ reason }, index) => (
          <Button
            key={reason}
            variant="default"
            justify="start"
            leftSection={<KeyHint>{String(index + 1)}</KeyHint>}
            data-autofocus={index === 0 || undefined}
            onClick={() => skip(index)}
          >
            {t(`skip.${reason}`)}
          </Button>
        ))}
      </Stack>
    </div>
  );
}
