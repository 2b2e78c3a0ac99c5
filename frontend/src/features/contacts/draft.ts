/** A contact being edited, and the change to send; pure. */
import { formatPhone } from '@/lib/format/phone';
import {
  type Contact,
  type ContactPatch,
  PHONE_KINDS,
  type PhoneKind,
  TEXT_FIELDS,
  type TextField,
} from './types';

export interface ContactDraft {
  texts: Record<TextField, string>;
  phones: Record<PhoneKind, string>;
  custom: Record<string, unknown>;
}

export const EMPTY: ContactDraft = {
  texts: Object.fromEntries(
    TEXT_FIELDS.map((name) => [name, name === 'country' ? 'FR' : '']),
  ) as ContactDraft['texts'],
  phones: { phone: '', mobile: '', office: '', fax: '' },
  custom: {},
};

export function draftOf(contact: Contact): ContactDraft {
  const phones = Object.fromEntries(contact.phones.map(({ kind, e164 }) => [kind, formatPhone(e164)]));
  return {
    texts: Object.fromEntries(TEXT_FIELDS.map((name) => [name, contact[name]])) as ContactDraft['texts'],
    phones: { ...EMPTY.phones, ...phones },
    custom: contact.custom,
  };
}

/** Only what differs; null where there is nothing to send. */
export function change(base: ContactDraft, draft: ContactDraft): ContactPatch | null {
  const texts = TEXT_FIELDS.filter((name) => base.texts[name] !== draft.texts[name]);
  const phones = PHONE_KINDS.filter((kind) => base.phones[kind] !== draft.phones[kind]);
  const custom = Object.keys({ ...base.custom, ...draft.custom }).filter(
    (key) => (base.custom[key] ?? null) !== (draft.custom[key] ?? null),
  );
  const patch: ContactPatch = {
    ...Object.fromEntries(texts.map((name) => [name, draft.texts[name]])),
    ...(phones.length
      ? { phones: Object.fromEntries(phones.map((kind) => [kind, draft.phones[kind] || null])) }
      : {}),
    ...(custom.length
      ? { custom: Object.fromEntries(custom.map((key) => [key, draft.custom[key] ?? null])) }
      : {}),
  };
  return Object.keys(patch).length ? patch : null;
}
