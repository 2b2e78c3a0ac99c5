/** In which order the campaign calls, and how its lists share the calls; changed while it runs. */
import type { Campaign } from '../types';
import type { Unapplied } from '../useUnapplied';
import { ListsPart } from './ListsPart';
import { OrderPart } from './OrderPart';

export function SteeringSection({ campaign, unapplied }: { campaign: Campaign; unapplied: Unapplied }) {
  return (
    <>
      <OrderPart campaign={campaign} unapplied={unapplied} />
      <ListsPart campaign={campaign} unapplied={unapplied} />
    </>
  );
}
