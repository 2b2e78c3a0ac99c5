/** The outcomes as the agent sees them, in order, with their keys. */
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '@/components/KeyHint';
import type { DraftDisposition } from '../draft';

export function OutcomeButtons({ rows }: { rows: DraftDisposition[] }) {
  const { t } = useTranslation('campaigns');
  const shown = rows.filter(({ active }) => active);
  if (shown.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('outcomes.none')}
      </Text>
    );
  return (
    <Group gap="xs">
      {shown.map((row) => (
        <Button
          key={row.uid}
          component="span"
          variant="light"
          color={row.color}
          leftSection={row.key ? <KeyHint>{row.key.toUpperCase()}</KeyHint> : null}
          style={{ pointerEvents: 'none' }}
        >
          {row.label || t('outcomes.unnamed')}
        </Button>
      ))}
    </Group>
  );
}
