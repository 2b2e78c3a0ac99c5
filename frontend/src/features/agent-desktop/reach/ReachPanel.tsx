/** Within reach during a talk: answers to objections, notes, what happened before. */
import type { CallView, ContactRecord } from '@/lib/floor/types';
import type { Desk } from '../model';
import { History } from './History';
import { Notes } from './Notes';
import { Objections } from './Objections';

interface ReachPanelProps {
  record: ContactRecord;
  desk: Desk | undefined;
  call: CallView | null;
}

export function ReachPanel({ record, desk, call }: ReachPanelProps) {
  return (
    <>
      <Objections record={record} desk={desk} />
      <Notes record={record} callId={call?.id ?? null} campaignId={desk?.campaign_id ?? null} />
      <History
        contactId={record.contact_id}
        liveCallId={call && call.state !== 'ended' ? call.id : null}
        moment={call?.ended_at ?? call?.id ?? ''}
      />
    </>
  );
}
