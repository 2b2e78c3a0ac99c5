/** How the pacing of a campaign is read on the live floor; pure. */
import type { PacingView } from '@/lib/floor/types';

/** Near the cap from this part of it on. */
const NEAR = 0.8;

export type CapState = 'none' | 'ok' | 'near' | 'over';

/** Null where nobody has answered yet. */
export function abandonedShare(abandoned: number, answered: number): number | null {
  return answered > 0 ? abandoned / answered : null;
}

export function capState({ abandoned_24h, answered_24h, cap, switched_off }: PacingView): CapState {
  if (switched_off) return 'over';
  const share = abandonedShare(abandoned_24h, answered_24h);
  if (share === null) return 'none';
  if (share > cap) return 'over';
  return cap > 0 && share >= NEAR * cap ? 'near' : 'ok';
}
