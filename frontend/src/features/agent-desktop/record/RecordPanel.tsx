/** The record: who it is in large, then every field, editable in place. */
import { ActionIcon, Group, Text } from '@mantine/core';
import { IconPhoneIncoming, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { SavedMark } from '@/components/SavedMark';
import type { ContactRecord } from '@/lib/floor/types';
import { formatPhone } from '@/lib/format/phone';
import { useSaveState } from '../autosave/typed';
import { act, useDesktop } from '../floor';
import { type Desk, liveCall, tellingCall } from '../model';
import { Section } from '../Section';
import { Consents } from './Consents';
import { CustomFieldInput, Field } from './Field';
import { FIELDS, fullName, PHONE_KINDS } from './fields';
import { Mails } from './Mails';
import { PhoneField } from './PhoneField';
import classes from './RecordPanel.module.css';

export function RecordPanel({ record, desk }: { record: ContactRecord; desk: Desk | undefined }) {
  const { t } = useTranslation('agent-desktop');
  const call = useDesktop(liveCall);
  const shownCall = useDesktop(tellingCall);
  // Told until the record goes, not until the call is over: the fields below stay where they are.
  const inbound = useDesktop((state) => (state.call?.direction === 'inbound' ? state.call : null));
  const campaignId = useDesktop((state) => state.campaign?.id ?? null);
  const leg = useDesktop((state) => state.session?.leg);
  const code = useDesktop((state) => state.state.code);
  const saved = useSaveState(record.contact_id, 'record');
  const mayCall = !call && leg === 'up' && code !== 'dialing' && code !== 'ringing';
  const name = fullName(record) || t('record.unnamed');
  return (
    <>
      <div className={classes.head}>
        <div className={classes.side}>
          <Consents contactId={record.contact_id} campaignId={desk?.campaign_id ?? null} />
          {!call && code !== 'preview' && code !== 'wrap_up' && (
            <ActionIcon color="gray" aria-label={t('record.close')} onClick={() => void act('close_record')}>
              <IconX size={16} />
            </ActionIcon>
          )}
        </div>
        <h1 className={classes.name} data-testid="contact-name" title={name}>
          {name}
        </h1>
        <Text size="sm" c="dimmed" truncate>
          {[record.last_name || record.first_name ? record.company : '', record.city]
            .filter(Boolean)
            .join(' · ')}
          {record.attempts > 1 ? ` · ${t('record.attempt', { n: record.attempts })}` : ''}
        </Text>
      </div>
      {inbound && (
        <div className={classes.promise} role="status" data-testid="inbound-call">
          <IconPhoneIncoming size={16} aria-hidden />
          <span>
            {t('record.inbound', {
              who: fullName(record) || formatPhone(inbound.e164) || t('words:hiddenNumber'),
              number: formatPhone(inbound.presented),
            })}
          </span>
        </div>
      )}
      {record.callback_note !== null && (
        <div className={classes.promise} data-testid="callback-note">
          <IconPhoneIncoming size={16} aria-hidden />
          <span>
            {record.callback_note
              ? t('record.promiseNote', { note: record.callback_note })
              : t('record.promise')}
          </span>
        </div>
      )}
      <Section
        title={t('record.title')}
        grow={1}
        aside={
          <Group component="span" gap="xs" wrap="nowrap">
            <SavedMark state={saved} />
            <Mails contactId={record.contact_id} campaignId={desk?.campaign_id ?? null} />
          </Group>
        }
        testId="record-fields"
      >
        {PHONE_KINDS.map((kind) => {
          const phone = record.phones.find((one) => one.kind === kind);
          return (
            <PhoneField
              key={kind}
              contactId={record.contact_id}
              campaignId={campaignId}
              kind={kind}
              phone={phone}
              call={shownCall && phone && shownCall.e164 === phone.e164 ? shownCall : null}
              mayCall={mayCall}
            />
          );
        })}
        <hr className={classes.line} />
        {FIELDS.map((field) => (
          <Field
            key={field}
            contactId={record.contact_id}
            name={field}
            label={t(`field.${field}`)}
            server={record[field]}
          />
        ))}
        {(desk?.custom_fields ?? []).map((field) => (
          <CustomFieldInput
            key={field.key}
            contactId={record.contact_id}
            field={field}
            server={record.custom[field.key]}
          />
        ))}
        <datalist id="civilities">
          <option value="M." />
          <option value="Mme" />
        </datalist>
      </Section>
    </>
  );
}
