/** One thing that happened: a call, a note, an answer, a callback, an appointment, an e-mail. */
import { Anchor, Group, Text } from '@mantine/core';
import {
  IconCalendarEvent,
  IconClockHour4,
  IconMail,
  IconMessageCircle,
  IconNote,
  IconPhone,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Player } from '@/components/recording/Player';
import { Outcome, Result } from '@/components/Result';
import { formatAnswer } from '@/lib/format/answer';
import { formatPhone } from '@/lib/format/phone';
import { formatDateTime, formatDuration } from '@/lib/format/time';
import classes from './Contact.module.css';
import type { HistoryItem } from './types';

const ICONS = {
  call: IconPhone,
  note: IconNote,
  answer: IconMessageCircle,
  callback: IconClockHour4,
  appointment: IconCalendarEvent,
  mail: IconMail,
};

export function HistoryLine({ item }: { item: HistoryItem }) {
  const Icon = ICONS[item.type];
  return (
    <article className={classes.event}>
      <Icon size={16} aria-hidden />
      <div>
        <Content item={item} />
      </div>
    </article>
  );
}

function Head({ at, children, by }: { at: string; children: ReactNode; by: (string | undefined)[] }) {
  return (
    <>
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <Group gap="sm">{children}</Group>
        <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {formatDateTime(at)}
        </Text>
      </Group>
      <Text size="xs" c="dimmed">
        {by.filter(Boolean).join(' · ')}
      </Text>
    </>
  );
}

type Answered = Pick<Extract<HistoryItem, { type: 'answer' }>, 'id' | 'label' | 'value' | 'kind'>;

function Answer({ answer }: { answer: Answered }) {
  return (
    <Text size="sm">
      <Text span c="dimmed">
        {answer.label}
      </Text>{' '}
      {formatAnswer(answer.value, answer.kind)}
    </Text>
  );
}

const Written = ({ text }: { text: string }) => (
  <Text size="sm" className={classes.text}>
    {text}
  </Text>
);

function Content({ item }: { item: HistoryItem }) {
  const { t } = useTranslation('contacts');
  switch (item.type) {
    case 'call':
      return (
        <>
          <Head
            at={item.at}
            by={[
              item.direction === 'inbound' ? t('words:inbound') : undefined,
              item.campaign?.name,
              item.agent?.name,
              formatPhone(item.e164),
              item.talk_s ? t('talked', { duration: formatDuration(item.talk_s) }) : undefined,
            ]}
          >
            <Anchor component={Link} to="/calls/$id" params={{ id: item.id } as never} size="sm">
              <Result code={item.result} />
            </Anchor>
            <Outcome label={item.disposition} color={item.disposition_color} />
          </Head>
          {item.recording && (
            <Player
              callId={item.id}
              recording={{ ...item.recording, status: 'ready' }}
              agent={item.agent?.name ?? null}
            />
          )}
          {item.answers.map((answer) => (
            <Answer key={answer.id} answer={answer} />
          ))}
          {item.notes.map((note) => (
            <Written key={note.id} text={note.text} />
          ))}
        </>
      );
    case 'note':
      return (
        <>
          <Head at={item.at} by={[item.author?.name, item.campaign?.name]}>
            <Text size="sm" fw={500}>
              {t('event.note')}
            </Text>
          </Head>
          <Written text={item.text} />
        </>
      );
    case 'answer':
      return (
        <>
          <Head at={item.at} by={[item.agent?.name, item.campaign?.name]}>
            <Text size="sm" fw={500}>
              {t('event.answer')}
            </Text>
          </Head>
          <Answer answer={item} />
        </>
      );
    case 'callback':
      return (
        <>
          <Head
            at={item.at}
            by={[
              item.campaign?.name,
              item.by?.name,
              item.owner ? t('keptFor', { name: item.owner.name }) : undefined,
            ]}
          >
            <Text size="sm" fw={500}>
              {t(`event.callback.${item.state}`, { when: formatDateTime(item.due_at) })}
            </Text>
          </Head>
          {item.note && <Written text={item.note} />}
        </>
      );
    case 'appointment':
      return (
        <>
          <Head at={item.at} by={[item.campaign?.name, item.by?.name, item.place]}>
            <Text size="sm" fw={500} td={item.cancelled ? 'line-through' : undefined}>
              {t('event.appointment', { when: formatDateTime(item.starts_at) })}
            </Text>
          </Head>
          {item.note && <Written text={item.note} />}
        </>
      );
    case 'mail':
      return (
        <>
          <Head at={item.at} by={[item.campaign?.name, item.by?.name]}>
            <Text size="sm" fw={500} className={classes.text}>
              {t(`event.mail.${item.state}`, { subject: item.subject })}
            </Text>
          </Head>
        </>
      );
  }
}
