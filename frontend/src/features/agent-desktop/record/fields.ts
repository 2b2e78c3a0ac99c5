/** The standard fields of a record in the order of the screen, and how a contact is called. */
import type { ContactRecord } from '@/lib/floor/types';

export const FIELDS = [
  'civility',
  'first_name',
  'last_name',
  'company',
  'address',
  'address2',
  'postal_code',
  'city',
  'client_code',
  'email',
] as const;

export type FieldName = (typeof FIELDS)[number];

export const PHONE_KINDS = ['phone', 'mobile', 'office', 'fax'] as const;

type Named = Pick<ContactRecord, 'civility' | 'first_name' | 'last_name' | 'company'>;

/** "Mme Hélène Lefèvre", else the company; empty where there is neither. */
export function fullName({ civility, first_name, last_name, company }: Named): string {
  const person = [civility, first_name, last_name].filter(Boolean).join(' ');
  return last_name || first_name ? person : company;
}

/** '06 39 98 20 11' → '+33639982011'; what is not recognised is given back as typed, and the server judges. */
export function e164Typed(text: string): string {
  const digits = text.replace(/[\s.\-()/]/g, '');
  return /^0[1-9]\d{8}$/.test(digits) ? `+33${digits.slice(1)}` : digits;
}
