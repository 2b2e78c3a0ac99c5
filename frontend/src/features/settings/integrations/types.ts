import type { components } from '@/lib/api/schema';

export type ApiKey = components['schemas']['ApiKeyOut'];
export type Webhook = components['schemas']['WebhookOut'];
export type Delivery = components['schemas']['DeliveryOut'];
export type Scope = ApiKey['scopes'][number];
export type EventCode = Webhook['events'][number];

export const SCOPES: Scope[] = [
  'contacts:read',
  'contacts:write',
  'imports:read',
  'imports:write',
  'campaigns:read',
  'queue:read',
  'queue:write',
  'calls:read',
  'webhooks:read',
  'webhooks:write',
];
export const EVENTS: EventCode[] = [
  'call.ended',
  'call.qualified',
  'contact.do_not_call',
  'appointment.created',
  'import.finished',
];

/** Codes as keys of translations, where `:` and `.` have a meaning. */
export const keyOf = (code: string): string => code.replace(/[:.]/, '_');
