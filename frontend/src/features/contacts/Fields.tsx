/** The fields of a contact: who, where, numbers, and this floor's own. */
import { Group, SimpleGrid, Text, TextInput } from '@mantine/core';
import { IconPhoneOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { customFieldsQuery } from '@/lib/api/names';
import classes from './Contact.module.css';
import { CustomInput } from './CustomInput';
import type { ContactDraft } from './draft';
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
  const onList = new Set(contact?.phones.filter((phone) => phone.do_not_call).map(({ kind }) => kind));
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
      {text('company')}
      <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
        {PHONE_KINDS.map((kind) => (
          <TextInput
            key={kind}
            type="tel"
            label={t(`common:phoneKind.${kind}`)}
            styles={{ label: { textTransform: 'capitalize' } }}
            value={draft.phones[kind]}
            error={errors[kind] ?? errors[`phones.${kind}`]}
            description={
              onList.has(kind) ? (
                <Group component="span" gap={4} c="var(--state-fault-ink)">
                  <IconPhoneOff size={13} aria-hidden />
                  {t('onList')}
                </Group>
              ) : undefined
            }
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
                onChange={(value) => onChange({ ...draft, custom: { ...draft.custom, [field.key]: value } })}
              />
            ))}
          </SimpleGrid>
        </>
      )}
    </div>
  );
}
