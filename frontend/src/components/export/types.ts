/** Words of exports, from the API. */
import type { components } from '@/lib/api/schema';

type Words = components['schemas'];

export type Export = Words['ExportOut'];
export type Subject = Export['subject'];
export type Column = Words['ExportColumn'];
export type Layout = Words['LayoutOut'];

export const SUBJECTS = [
  'contacts',
  'calls',
  'appointments',
  'callbacks',
  'answers',
] as const satisfies Subject[];

export function isActive({ status }: Pick<Export, 'status'>): boolean {
  return status === 'queued' || status === 'running';
}
