/** Where a batch stands. */
import { useTranslation } from 'react-i18next';
import { Tag, type TagColor } from '@/components/Tag';
import type { Import } from './types';

const COLORS: Record<Import['status'], TagColor> = {
  draft: 'pause',
  queued: 'talking',
  running: 'talking',
  done: 'ready',
  failed: 'fault',
  cancelled: 'pause',
  rolling_back: 'wrap_up',
  rolled_back: 'pause',
};

export function StatusBadge({ status }: { status: Import['status'] }) {
  const { t } = useTranslation('imports');
  return (
    <Tag color={COLORS[status]} data-testid="import-status" data-status={status}>
      {t(`status.${status}`)}
    </Tag>
  );
}
