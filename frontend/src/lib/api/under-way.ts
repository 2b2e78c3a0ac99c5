/** Acts on many contacts, and which of them go on; pure. */
import type { components } from './schema';

export type Action = components['schemas']['BulkOut'];
export type Kind = Action['kind'];

export const isUnderWay = ({ status }: Pick<Action, 'status'>): boolean =>
  status === 'queued' || status === 'running' || status === 'undoing';
