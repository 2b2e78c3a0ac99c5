/** A count that takes its time: that it is under way, and since how long. Without a label, a quick one shows nothing. */
import { Group, Loader, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/lib/floor/hooks';
import { formatDuration } from '@/lib/format/time';

const AT_ONCE_S = 1;

interface CountingProps {
  /** Since when; else since it is shown. */
  since?: number;
  label?: string;
}

export function Counting({ since, label }: CountingProps) {
  const { t } = useTranslation('common');
  const [shown] = useState(Date.now);
  const seconds = Math.floor((useNow() - (since ?? shown)) / 1000);
  if (seconds < AT_ONCE_S && !label) return null;
  const time = seconds < AT_ONCE_S ? '' : t('countingSince', { time: formatDuration(seconds) });
  return (
    <Group gap="xs" wrap="nowrap" role="status" data-testid="counting">
      <Loader size="xs" aria-hidden />
      <Text size="sm">{[label, time].filter(Boolean).join(' ')}</Text>
    </Group>
  );
}
