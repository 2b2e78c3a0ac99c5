/** One number of the contact: shown as the French write it, typed in any form, called with a click. */
import { ActionIcon } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatPhone } from '@/lib/format/phone';
import type { CallView, Phone } from '@/lib/floor/types';
import { autosave, type PhoneKind, type Typed, useTyped } from '../autosave/typed';
import { act } from '../floor';
import classes from './Field.module.css';
import { e164Typed } from './fields';
import { WhyRefused } from './WhyRefused';

interface PhoneFieldProps {
  contactId: number;
  campaignId: number | null;
  kind: PhoneKind;
  phone: Phone | undefined;
  /** The call, where it is to this number: how it stands, or how it ended. */
  call: CallView | null;
  mayCall: boolean;
}

export function PhoneField({ contactId, campaignId, kind, phone, call, mayCall }: PhoneFieldProps) {
  const { t, i18n } = useTranslation('agent-desktop');
  const id = useId();
  const typed = useMemo<Typed>(
    () => ({ id: `${contactId}.phone.${kind}`, contactId, section: 'record', kind: 'phone', name: kind }),
    [contactId, kind],
  );
  const { value, entry, set } = useTyped(typed, phone?.e164 ?? '');
  const [raw, setRaw] = useState<string | null>(null);
  const refused = phone?.refused;
  const why =
    refused &&
    (i18n.exists(`agent-desktop:refused.${refused}`) ? t(`refused.${refused}`) : t('refused.other'));
  return (
    <div
      className={`${classes.field} ${classes.phone}`}
      data-state={entry?.state}
      data-testid={`phone-${kind}`}
    >
      <label htmlFor={id} className={classes.label}>
        {t(`common:phoneKind.${kind}`)}
      </label>
      <input
        id={id}
        className={`${classes.input} tabular`}
        inputMode="tel"
        autoComplete="off"
        value={raw ?? formatPhone(value)}
        aria-invalid={entry?.state === 'failed' || undefined}
        onFocus={() => setRaw(formatPhone(value))}
        onChange={(event) => {
          setRaw(event.currentTarget.value);
          set(e164Typed(event.currentTarget.value), 1500);
        }}
        onBlur={() => {
          setRaw(null);
          void autosave.flush(typed.id);
        }}
      />
      <span className={classes.phoneSide}>
        {call && (
          <>
            <span aria-hidden>●</span>{' '}
            {call.state === 'ended' ? t(`result.${call.result}`) : t(`callState.${call.state}`)}
          </>
        )}
        {!call && phone && why && kind !== 'fax' && (
          <WhyRefused
            contactId={contactId}
            campaignId={campaignId}
            e164={phone.e164}
            short={why}
            mayCall={mayCall}
          />
        )}
        {mayCall && phone && kind !== 'fax' && !why && (
          <ActionIcon
            size="sm"
            aria-label={t('record.call', { number: formatPhone(phone.e164) })}
            onClick={() => void act('dial', { contact_id: contactId, phone_kind: kind })}
          >
            <IconPhone size={15} />
          </ActionIcon>
        )}
      </span>
      {entry?.state === 'failed' && (
        <p className={classes.problem} role="alert">
          {entry.message}
        </p>
      )}
    </div>
  );
}
