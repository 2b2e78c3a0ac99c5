/** Whether the carrier knows us now. */
import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleOff,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TrunkRow } from '@/lib/floor/types';
import type { Trunk } from './types';

const LOOKS = {
  registered: [IconCircleCheckFilled, 'ready'],
  not_used: [IconCircleCheckFilled, 'ready'],
  rejected: [IconAlertTriangleFilled, 'fault'],
  unreachable: [IconAlertTriangleFilled, 'fault'],
  unregistered: [IconCircleDashed, 'wrap_up'],
  unknown: [IconCircleDashed, 'pause'],
} as const;

export function Registration({
  trunk,
  code = 'unknown',
}: {
  trunk: Trunk;
  code?: TrunkRow['registration'] | undefined;
}) {
  const { t } = useTranslation('words');
  const [Shape, color] = trunk.enabled ? LOOKS[code] : [IconCircleOff, 'pause'];
  return (
    <span
      style={{ display: 'inline-flex', gap: 6, alignItems: 'center', color: `var(--state-${color}-ink)` }}
      data-testid="registration"
      data-code={code}
    >
      <Shape size={15} aria-hidden />
      {trunk.enabled ? t(`registration.${code}`) : t('settings:trunks.disabled')}
    </span>
  );
}
