/** The fields of a contact: who, where, numbers, and this floor's own. */
import { NativeSelect, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { customFieldsQuery } from '@/lib/api/names';
import classes from './Contact.module.css';
import { CustomInput } from './CustomInput';
import type { ContactDraft } from './draft';
import { PhoneFacts } from './PhoneFacts';
import { type Contact, PHONE_KINDS, type TextField } from './types';

interface FieldsProps {
  draft: ContactDraft;
  contact?: Contact;
  errors: Record<string, string>;
  onChange: (draft: ContactDraft) => void;
}

export function Fields({ draft, contact, errors, onChange }: FieldsProps) {
  const { t } = useTranslation('contacts');
  const { data: fields = [] } = useQuery(customFieldsQuery);
  // A file may have brought a thousand fields: those that are not typed in are not drawn again at each key.
  const latest = useRef({ draft, onChange });
  useLayoutEffect(() => {
    latest.current = { draft, onChange };
  });
  const changeOwn = useCallback((key: string, value: unknown) => {
    const now = latest.current;
    now.onChange({ ...now.draft, custom: { ...now.draft.custom, [key]: value } });
  }, []);
  const phones = new Map(contact?.phones.map((phone) => [phone.kind, phone]));
  const text = (name: TextField) => (
    <TextInput
      key={name}
      label={t(`field.${name}`)}
      value={draft.texts[name]}
      error={errors[name]}
      onChange={(event) =>
        onChange({ ...draft, texts: { ...draft.texts, [name]: event.currentTarget.value } })
      }
    />
  );
  return (
    <div className={classes.fields}>
      <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
        {text('civility')}
        {text('client_code')}
        {text('first_name')}
        {text('last_name')}
      </SimpleGrid>
      <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
        {text('company')}
        {text('siret')}
      </SimpleGrid>
      <NativeSelect
        label={t('field.kind')}
        description={t('kind.help')}
        value={draft.texts.kind}
        data={['', 'person', 'company'].map((value) => ({
          value,
          label: t(`kind.${value || 'unknown'}`),
        }))}
        onChange={(event) =>
          onChange({ ...draft, texts: { ...draft.texts, kind: event.currentTarget.value } })
        }
      />
      <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
        {PHONE_KINDS.map((kind) => (
          <TextInput
            key={kind}
            type="tel"
            label={t(`common:phoneKind.${kind}`)}
            styles={{ label: { textTransform: 'capitalize' } }}
            value={draft.phones[kind]}
            error={errors[kind] ?? errors[`phones.${kind}`]}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            description={<PhoneFacts phone={phones.get(kind)} />}
            onChange={(event) =>
              onChange({ ...draft, phones: { ...draft.phones, [kind]: event.currentTarget.value } })
            }
          />
        ))}
      </SimpleGrid>
      {text('email')}
      {text('address')}
      {text('address2')}
      <div className={classes.town}>
        {text('postal_code')}
        {text('city')}
        {text('country')}
      </div>
      {fields.length > 0 && (
        <>
          <Text size="xs" fw={600} c="dimmed" mt="sm">
            {t('own')}
          </Text>
          <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
            {fields.map((field) => (
              <CustomInput
                key={field.key}
                field={field}
                value={draft.custom[field.key]}
                error={errors[`custom.${field.key}`] ?? errors[field.key]}
                onChange={changeOwn}
              />
            ))}
          </SimpleGrid>
        </>
      )}
    </div>
  );
}
