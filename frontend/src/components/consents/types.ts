/** Words of the ledger, from the API. */
import type { components } from '@/lib/api/schema';

type Words = components['schemas'];

export type Principal = Words['PrincipalOut'];
export type Proof = Words['ProofOut'];
export type ProofIn = Words['ProofIn'];
export type Channel = Proof['channel'];
export type Kind = Proof['kind'];

export const KINDS: Kind[] = ['consent', 'contract', 'callback_request'];
export const CHANNELS: Channel[] = ['web_form', 'phone', 'paper', 'email', 'in_person', 'third_party'];
