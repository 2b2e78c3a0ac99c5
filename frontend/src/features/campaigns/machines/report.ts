/** What the detection's report means; pure. */
import type { AmdReport } from '../types';

export interface Lost {
  /** Persons hung up on, about: of the calls taken for machines that no agent heard. */
  about: number;
  low: number;
  high: number;
}

/** Null where no agent has checked anything: nobody knows. */
export function lostPersons(report: AmdReport): Lost | null {
  const { false_share, false_share_low, false_share_high, machines, checked } = report;
  if (false_share === null || false_share_low === null || false_share_high === null) return null;
  const unheard = Math.max(0, machines - checked);
  const of = (share: number): number => Math.round(share * unheard);
  return { about: of(false_share), low: of(false_share_low), high: of(false_share_high) };
}
