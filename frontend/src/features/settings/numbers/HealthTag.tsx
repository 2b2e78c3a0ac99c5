/** The state of a number in a word, with a shape: colour alone says nothing. */
import { IconAlertTriangle, IconCheck, IconEye, IconMoon, IconQuestionMark } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Tag } from '@/components/Tag';
import { COLORS, type Shown } from './health';

const ICONS = {
  ok: IconCheck,
  watch: IconEye,
  degraded: IconAlertTriangle,
  unknown: IconQuestionMark,
  resting: IconMoon,
};

export function HealthTag({ state }: { state: Shown }) {
  const { t } = useTranslation('settings');
  const Icon = ICONS[state];
  return (
    <Tag
      color={COLORS[state]}
      icon={<Icon size={12} aria-hidden />}
      data-testid="number-health"
      data-status={state}
    >
      {t(`numbers.health.state.${state}`)}
    </Tag>
  );
}
