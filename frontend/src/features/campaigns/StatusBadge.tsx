/** Where a campaign stands, in a word and a shape. */
import { IconArchive, IconPencil, IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Tag } from '@/components/Tag';
import type { Campaign } from './types';

const LOOKS = {
  draft: { color: 'pause', icon: IconPencil },
  open: { color: 'ready', icon: IconPlayerPlayFilled },
  stopped: { color: 'wrap_up', icon: IconPlayerStopFilled },
  archived: { color: 'offline', icon: IconArchive },
} as const;

export function StatusBadge({ status }: { status: Campaign['status'] }) {
  const { t } = useTranslation('words');
  const { color, icon: Icon } = LOOKS[status];
  return (
    <Tag
      color={color}
      icon={<Icon size={11} aria-hidden />}
      data-testid="campaign-status"
      data-status={status}
    >
      {t(`campaignStatus.${status}`)}
    </Tag>
  );
}
