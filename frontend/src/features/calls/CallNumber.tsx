/** The contact's number of a call, and whether it was he who called. */
import { IconPhoneIncoming } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatPhone } from '@/lib/format/phone';
import classes from './Call.module.css';
import type { CallItem } from './types';

export function CallNumber({ call }: { call: Pick<CallItem, 'e164' | 'direction'> }) {
  const { t } = useTranslation('calls');
  return (
    <span className={`tabular ${classes.number}`}>
      {call.e164 ? formatPhone(call.e164) : t('hiddenNumber')}
      {call.direction === 'inbound' && (
        <IconPhoneIncoming size={14} role="img" aria-label={t('direction.inbound')} />
      )}
    </span>
  );
}
