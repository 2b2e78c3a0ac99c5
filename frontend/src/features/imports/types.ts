/** Words of imports, from the API. */
import type { components } from '@/lib/api/schema';

type Words = components['schemas'];

export type Import = Words['ImportOut'];
export type ImportDetail = Words['ImportDetail'];
export type DraftChoices = Words['DraftChoices'];
export type ImportPatch = Words['ImportPatch'];
export type ImportStart = Words['ImportStart'];
export type FileColumn = Words['ColumnOut'];
export type Misfit = Words['Misfit'];
export type SavedMapping = Words['SavedMappingOut'];
export type ConsentTerms = Words['ConsentTerms'];
export type CustomField = Words['CustomFieldOut'];
export type FieldKind = CustomField['kind'];

const ACTIVE = new Set<Import['status']>(['queued', 'running', 'rolling_back']);

export function isActive(batch: Pick<Import, 'status'>): boolean {
  return ACTIVE.has(batch.status);
}
