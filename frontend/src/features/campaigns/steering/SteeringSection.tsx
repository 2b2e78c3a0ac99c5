/** In which order the campaign calls, and how its lists share the calls; changed while it runs. */
import type { Campaign } from '../types';
import { ListsPart } from './ListsPart';
import { OrderPart } from './OrderPart';

export function SteeringSection({ campaign }: { campaign: Campaign }) {
  return (
    <>
      <OrderPart campaign={campaign} />
      <ListsPart campaign={campaign} />
    </>
  );
}
