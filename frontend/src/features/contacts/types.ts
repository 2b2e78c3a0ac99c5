/** Words of contacts, from the API. */
import type { components } from '@/lib/api/schema';

type Words = components['schemas'];

export type ContactRow = Words['ContactRow'];
export type Contact = Words['ContactOut'];
export type ContactPatch = Words['ContactPatch'];
export type CustomField = Words['CustomFieldOut'];
export type Duplicate = Words['DuplicateOut'];
export type Change = Words['ChangeOut'];
export type ContactDocument = Words['DocumentOut'];
export type Comparison = Words['Comparison'];
export type FieldChoice = Words['FieldChoice'];
export type Side = FieldChoice['proposed'];
export type Place = Contact['places'][number];
export type Phone = Contact['phones'][number];
export type HistoryItem = Words['HistoryPage']['items'][number];
export type PhoneKind = Contact['phones'][number]['kind'];

export const TEXT_FIELDS = [
  'civility',
  'first_name',
  'last_name',
  'company',
  'address',
  'address2',
  'postal_code',
  'city',
  'country',
  'client_code',
  'email',
  'siret',
  'kind',
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];
export const PHONE_KINDS: PhoneKind[] = ['phone', 'mobile', 'office', 'fax'];
