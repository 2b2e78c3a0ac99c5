/** The script: one page at a time, with the record's fields filled in and its questions. */
import { Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SavedMark } from '@/components/SavedMark';
import { useMe } from '@/lib/api/session';
import type { ContactRecord } from '@/lib/floor/types';
import { useSaveState } from '../autosave/typed';
import { useDesktop } from '../floor';
import type { Desk } from '../model';
import { Section } from '../Section';
import { frenchSpaces } from '@/lib/format/typography';
import { fill, type Values } from './fill';
import { textOf, turnPage, useScriptPage } from './page';
import { QuestionInput } from './QuestionInput';
import { RecordingStrip } from './RecordingStrip';
import strip from './RecordingStrip.module.css';
import classes from './ScriptPanel.module.css';

interface ScriptPanelProps {
  record: ContactRecord;
  desk: Desk | undefined;
  callId: string | null;
}

/** What a script may name: the contact, the agent, the campaign, the company. */
export function useScriptValues(record: ContactRecord, desk: Desk | undefined): Values {
  const me = useMe();
  return useMemo(() => {
    const phones = Object.fromEntries(record.phones.map(({ kind, e164 }) => [kind, e164]));
    return {
      contact: { ...record, ...phones },
      agent: { first_name: me.first_name, last_name: me.last_name, name: me.display_name },
      campaign: { name: desk?.name, caller_name: desk?.caller_name, callback_number: desk?.callback_number },
      company: { name: desk?.company_name },
    };
  }, [record, desk, me]);
}

export function ScriptPanel({ record, desk, callId }: ScriptPanelProps) {
  const { t } = useTranslation('agent-desktop');
  const values = useScriptValues(record, desk);
  const saved = useSaveState(record.contact_id, 'answers');
  const pages = desk?.script.pages ?? [];
  const index = useScriptPage(record.contact_id, pages.length);
  const page = pages[index];
  const isReturn = useDesktop((state) => state.call?.direction === 'inbound');
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (top.current) top.current.scrollTop = 0;
  }, [index]);

  const records = desk !== undefined && desk.recording !== 'never';
  const notice = records && index === 0 && desk.recording_notice !== '' && (
    <blockquote className={strip.notice} data-testid="recording-notice">
      <Filled text={desk.recording_notice} values={values} />
    </blockquote>
  );
  if (!desk || !page)
    return (
      <>
        {records && <RecordingStrip />}
        <Section title={t('script.title')} grow={1}>
          {notice}
          <Text c="dimmed" size="sm" p="md">
            {desk ? t('script.none') : t('common:loading')}
          </Text>
        </Section>
      </>
    );
  return (
    <>
      {records && <RecordingStrip />}
      <Section
        title={page.title ? `${t('script.title')} · ${page.title}` : t('script.title')}
        grow={1}
        aside={<SavedMark state={saved} />}
        scrollRef={top}
      >
        {notice}
        <div className={classes.text} data-testid="script-text">
          {textOf(page, isReturn)
            .split(/\n+/)
            .map((paragraph, number) => (
              <p key={number}>
                <Filled text={paragraph} values={values} />
              </p>
            ))}
        </div>
        {page.questions.map((question) => (
          <QuestionInput
            key={question.key}
            question={question}
            contactId={record.contact_id}
            campaignId={desk.campaign_id}
            callId={callId}
            server={record.answers[question.key]}
          />
        ))}
      </Section>
      {pages.length > 1 && (
        <Group justify="space-between" className={classes.turn} wrap="nowrap">
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconChevronLeft size={16} aria-hidden />}
            disabled={index === 0}
            aria-keyshortcuts="ArrowLeft"
            onClick={() => turnPage(-1)}
          >
            {t('script.previous')}
          </Button>
          <Text size="xs" c="dimmed" className="tabular">
            {t('script.page', { page: index + 1, pages: pages.length })}
          </Text>
          <Button
            size="xs"
            variant="subtle"
            rightSection={<IconChevronRight size={16} aria-hidden />}
            disabled={index === pages.length - 1}
            aria-keyshortcuts="ArrowRight"
            onClick={() => turnPage(1)}
          >
            {t('script.next')}
          </Button>
        </Group>
      )}
    </>
  );
}

/** A text with its fields filled in; a field that this contact has not is marked, so that nobody reads it aloud. */
export function Filled({ text, values, neutral }: { text: string; values: Values; neutral?: boolean }) {
  const { t, i18n } = useTranslation('agent-desktop');
  return fill(text, values).map((piece, number) => {
    if (piece.kind === 'text') return <span key={number}>{frenchSpaces(piece.text)}</span>;
    if (piece.kind === 'field')
      return (
        <strong key={number} className={classes.field}>
          {piece.text}
        </strong>
      );
    const own = piece.text.replace(/^contact\./, '');
    const key = `agent-desktop:${own.includes('.') ? 'otherField' : 'field'}.${own}`;
    const field = i18n.exists(key) ? t(key) : piece.text;
    return (
      <em key={number} className={classes.missing} data-neutral={neutral || undefined}>
        {`[${neutral ? field : t('script.missing', { field })}]`}
      </em>
    );
  });
}
