/** Words of the call log, from the API. */
import type { components } from '@/lib/api/schema';

type Words = components['schemas'];

export type CallItem = Words['CallItem'];
export type CallDetail = Words['CallDetail'];
export type CallEvent = CallDetail['events'][number];
export type Recording = CallDetail['recordings'][number];
