/** Where a campaign stands, in a word and a shape. */
import { Badge } from '@mantine/core';
import { IconArchive, IconPencil, IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from './types';

const LOOKS = {
  draft: { color: 'gray', icon: IconPencil },
  open: { color: 'teal', icon: IconPlayerPlayFilled },
  stopped: { color: 'orange', icon: IconPlayerStopFilled },
  archived: { color: 'gray', icon: IconArchive },
};

export function StatusBadge({ status }: { status: Campaign['status'] }) {
  const { t } = useTranslation('words');
  const { color, icon: Icon } = LOOKS[status];
  return (
    <Badge
      variant="light"
      color={color}
      radius="sm"
      tt="none"
      leftSection={<Icon size={11} aria-hidden />}
      data-testid="campaign-status"
      data-status={status}
    >
      {t(`campaignStatus.${status}`)}
    </Badge>
  );
}
