/** Why a number may not be called: one sentence a reason, its source and its end in small print. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VerdictReason } from '@/lib/api/verdicts';
import { formatDateTime, formatInZone } from '@/lib/format/time';
import classes from './Reasons.module.css';

/** `zone`: the contact's, where it is known; else the reader's own. */
export function Reasons({ reasons, zone }: { reasons: VerdictReason[]; zone?: string }) {
  const { t } = useTranslation('verdicts');
  const said = (when: string): string => (zone ? formatInZone(when, zone) : formatDateTime(when));
  return (
    <ul className={classes.list}>
      {reasons.map((one) => (
        <li key={`${one.code}${one.machine_only}`} data-testid={`reason-${one.code}`}>
          <Text size="sm">
            {one.machine_only && `${t('machineOnly')} `}
            {one.sentence}
          </Text>
          <Text size="xs" c="dimmed">
            {[one.source, one.until ? t('until', { when: said(one.until) }) : t('noEnd')]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </li>
      ))}
    </ul>
  );
}
