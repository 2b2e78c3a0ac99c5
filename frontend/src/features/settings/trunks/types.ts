/** Words of trunks, from the API. */
import type { components } from '@/lib/api/schema';

type Words = components['schemas'];

export type Trunk = Words['TrunkOut'];
export type TrunkIn = Words['TrunkIn'];
