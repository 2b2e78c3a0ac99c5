/** The call log's conditions, as they stand in the URL and as the API wants them. */
import { given, toFlag, toId } from '@/lib/api/given';
import type { operations } from '@/lib/api/schema';
import { addDays, startOfDay } from '@/lib/format/day';

export type CallQuery = NonNullable<operations['list_calls']['parameters']['query']>;

export const FILTER_KEYS = [
  'from',
  'to',
  'campaign_id',
  'agent_id',
  'contact_id',
  'disposition_id',
  'result',
  'mode',
  'direction',
  'recording',
  'reached',
  'pitched',
  'tone',
  'live',
] as const;
export type CallSearch = Partial<Record<(typeof FILTER_KEYS)[number], string>>;

export const RESULTS = [
  'connected',
  'abandoned',
  'no_answer',
  'busy',
  'rejected',
  'unallocated',
  'congestion',
  'machine',
  'cancelled',
  'failed',
  'missed',
] as const;

/** `number` is typed, and stays out of the URL. */
export function callQuery(search: CallSearch, number: string | undefined): CallQuery {
  const results = search.result?.split(',').filter((code) => RESULTS.includes(code as never));
  return given({
    since: search.from && startOfDay(search.from),
    until: search.to && startOfDay(addDays(search.to, 1)),
    campaign_id: toId(search.campaign_id),
    agent_id: toId(search.agent_id),
    contact_id: toId(search.contact_id),
    disposition_id: toId(search.disposition_id),
    result: results?.length ? (results as unknown as CallQuery['result']) : undefined,
    mode: search.mode as CallQuery['mode'],
    direction: search.direction as CallQuery['direction'],
    has_recording: toFlag(search.recording),
    reached: toFlag(search.reached),
    pitched: toFlag(search.pitched),
    tone: search.tone as CallQuery['tone'],
    live: toFlag(search.live),
    number,
  }) as CallQuery;
}
