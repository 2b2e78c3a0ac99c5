/** Words of senders, from the API. */
import type { components } from '@/lib/api/schema';

type Words = components['schemas'];

export type Sender = Words['SenderOut'];
export type SenderIn = Words['SenderIn'];
export type SenderTest = Words['SenderTest'];
