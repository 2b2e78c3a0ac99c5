/** Where a batch stands. */
import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Import } from './types';

const COLORS: Record<Import['status'], string> = {
  draft: 'gray',
  queued: 'blue',
  running: 'blue',
  done: 'teal',
  failed: 'red',
  cancelled: 'gray',
  rolling_back: 'orange',
  rolled_back: 'gray',
};

export function StatusBadge({ status }: { status: Import['status'] }) {
  const { t } = useTranslation('imports');
  return (
    <Badge variant="light" color={COLORS[status]} radius="sm" tt="none">
      {t(`status.${status}`)}
    </Badge>
  );
}
