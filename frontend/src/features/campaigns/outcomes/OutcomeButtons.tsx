/** The outcomes as the agent sees them, in order, with their keys. */
import { Group, Text } from '@mantine/core';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '@/components/KeyHint';
import classes from '../Campaign.module.css';
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
        <span
          key={row.uid}
          className={classes.outcome}
          style={{ '--outcome': `var(--mantine-color-${row.color}-6)` } as CSSProperties}
        >
          {row.key && <KeyHint>{row.key.toUpperCase()}</KeyHint>}
          {row.label || t('outcomes.unnamed')}
        </span>
      ))}
    </Group>
  );
}
