/** The note of this call, saved as typed. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { SavedMark } from '@/components/SavedMark';
import type { ContactRecord } from '@/lib/floor/types';
import { autosave, type Typed, useSaveState, useTyped } from '../autosave/typed';
import { Section } from '../Section';
import classes from './Reach.module.css';

interface NotesProps {
  record: ContactRecord;
  callId: string | null;
  campaignId: number | null;
}

export function Notes({ record, callId, campaignId }: NotesProps) {
  const { t } = useTranslation('agent-desktop');
  const contactId = record.contact_id;
  const typed = useMemo<Typed>(
    () => ({
      id: `${contactId}.note.${callId ?? 'open'}`,
      contactId,
      section: 'note',
      kind: 'note',
      callId,
      campaignId,
    }),
    [contactId, callId, campaignId],
  );
  const { value, entry, set } = useTyped(typed, record.note);
  const saved = useSaveState(contactId, 'note');
  return (
    <Section
      title={t('notes.title')}
      keyHint="N"
      grow={4}
      aside={<SavedMark state={saved} message={entry?.message} />}
    >
      <textarea
        className={classes.note}
        value={value}
        aria-label={t('notes.title')}
        placeholder={t('notes.placeholder')}
        data-testid="note"
        onChange={(event) => set(event.currentTarget.value)}
        onBlur={() => void autosave.flush(typed.id)}
      />
    </Section>
  );
}
