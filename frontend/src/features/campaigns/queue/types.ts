/** Words of a campaign's queue, from the API. */
import type { components } from '@/lib/api/schema';

type Words = components['schemas'];

export type Queue = Words['QueueView'];
export type Standing = Words['QueueEntryOut']['standing'];
export type Entry = Words['QueueEntryOut'];
export type Refusal = Words['QueueRefusal'];
export type Ended = Words['Ended'];
export type Moment = Words['Moment'];
export type End = Words['EndIn'];
export type Recycling = Words['RecyclingOut'];
export type RecyclePreview = Words['RecyclePreview'];

/** In the order in which a manager asks: whom may we call, when the others, and where are the rest. */
export const STANDINGS: Standing[] = [
  'callable',
  'later',
  'promised',
  'refused',
  'outside',
  'in_call',
  'finished',
  'withdrawn',
];

/** The list behind a figure, as the URL holds it. */
export interface Behind {
  standing: Standing;
  code?: string | undefined;
  disposition_id?: string | undefined;
  last_result?: string | undefined;
  from_at?: string | undefined;
  until_at?: string | undefined;
}
