/** What happened with this contact before: calls with notes and answers, promises, meetings, e-mails, by whom. */
import { Text } from '@mantine/core';
import { IconCalendarEvent, IconClock, IconForms, IconMail, IconNote, IconPhone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { formatAnswered } from '@/lib/format/answer';
import { formatClock, formatDateTime, formatWhen } from '@/lib/format/time';
import type { HistoryItem } from '../model';
import { historyQuery } from '../queries';
import { Section } from '../Section';
import classes from './Reach.module.css';

const ICONS = {
  call: IconPhone,
  note: IconNote,
  answer: IconForms,
  callback: IconClock,
  appointment: IconCalendarEvent,
  mail: IconMail,
};

interface HistoryProps {
  contactId: number;
  /** The call under way is not history yet. */
  liveCallId: string | null;
  /** Changes when there is something new to read. */
  moment: string;
}

export function History({ contactId, liveCallId, moment }: HistoryProps) {
  const { t } = useTranslation('agent-desktop');
  const { data, error, isPending, refetch } = useQuery(historyQuery(contactId, moment));
  const items = data?.items.filter(({ id }) => id !== liveCallId);
  return (
    <Section title={t('history.title')} grow={5} testId="history">
      {error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {!error && (isPending || items?.length === 0) && (
        <Text size="sm" c="dimmed">
          {isPending ? t('common:loading') : t('history.none')}
        </Text>
      )}
      <ol className={classes.history}>
        {items?.map((item) => (
          <Item key={`${item.type}-${item.id}`} item={item} />
        ))}
      </ol>
    </Section>
  );
}

function Item({ item }: { item: HistoryItem }) {
  const Icon = ICONS[item.type];
  const by =
    item.type === 'call' || item.type === 'answer'
      ? item.agent
      : item.type === 'note'
        ? item.author
        : item.by;
  return (
    <li className={classes.item}>
      <Icon size={14} aria-hidden className={classes.icon} />
      <div>
        <Text size="xs" c="dimmed" className="tabular">
          {formatWhen(item.at)}
          {by ? ` · ${by.name}` : ''}
        </Text>
        <What item={item} />
      </div>
    </li>
  );
}

function What({ item }: { item: HistoryItem }) {
  const { t } = useTranslation('agent-desktop');
  switch (item.type) {
    case 'call':
      return (
        <>
          <Line>
            <b>{item.disposition ?? (item.result ? t(`result.${item.result}`) : t('history.call'))}</b>
            {item.talk_s ? ` · ${formatClock(item.talk_s)}` : ''}
          </Line>
          {item.notes.map((note) => (
            <Line key={note.id}>{t('common:quoted', { text: note.text })}</Line>
          ))}
          {item.answers.map((answer) => (
            <Line key={answer.id}>
              {formatAnswered(answer.label || answer.key, answer.value, answer.kind)}
            </Line>
          ))}
        </>
      );
    case 'note':
      return <Line>{t('common:quoted', { text: item.text })}</Line>;
    case 'answer':
      return <Line>{formatAnswered(item.label || item.key, item.value, item.kind)}</Line>;
    case 'callback':
      return (
        <Line>
          <b>{t(`history.callback.${item.state}`, { at: formatDateTime(item.due_at) })}</b>
          {item.note ? ` · ${item.note}` : ''}
        </Line>
      );
    case 'appointment':
      return (
        <Line>
          <b>
            {t(item.cancelled ? 'history.cancelled' : 'history.appointment', {
              at: formatDateTime(item.starts_at),
            })}
          </b>
          {item.place ? ` · ${item.place}` : ''}
        </Line>
      );
    case 'mail':
      return <Line>{t(`history.mail.${item.state}`, { subject: item.subject })}</Line>;
  }
}

function Line({ children }: { children: ReactNode }) {
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Text>
  );
}
