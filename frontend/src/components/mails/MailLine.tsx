/** One e-mail: its state in a word, its subject, whom, who, when; opened, its text, and where it was refused, why and what to do. */
import { Alert, Button, Group, Loader, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconSend } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Tag, type TagColor } from '@/components/Tag';
import { api, unwrap } from '@/lib/api/client';
import { formatDateTime } from '@/lib/format/time';
import { Fault } from './Fault';
import classes from './Mails.module.css';
import { mailQuery, useMailsChanged } from './queries';
import type { MailItem } from './types';

const COLORS: Record<MailItem['state'], TagColor> = { queued: 'dialing', sent: 'ready', refused: 'fault' };

export function MailLine({ mail, contactId }: { mail: MailItem; contactId: number }) {
  const { t } = useTranslation('mails');
  const [opened, setOpened] = useState(false);
  return (
    <article className={classes.mail} data-testid="mail" data-state={mail.state}>
      <UnstyledButton
        className={classes.line}
        aria-expanded={opened}
        onClick={() => setOpened((was) => !was)}
        data-testid="open-mail"
      >
        <IconChevronRight size={14} aria-hidden className={classes.chevron} />
        <div className={classes.what}>
          <Group gap="xs">
            <Tag color={COLORS[mail.state]}>{t(`state.${mail.state}`)}</Tag>
            <Text size="sm" fw={600} className={classes.words}>
              {mail.subject}
            </Text>
          </Group>
          <Text size="xs" c="dimmed" className={classes.words}>
            {[mail.to, mail.author?.name, mail.campaign?.name, formatDateTime(mail.created_at)]
              .filter(Boolean)
              .join(' · ')}
          </Text>
          {mail.next_at && mail.problem && (
            <Text size="xs" className={classes.words}>
              {t('again', {
                when: formatDateTime(mail.next_at),
                what: mail.answer_code
                  ? t('putOff', { answer: `${mail.answer_code} ${mail.answer}` })
                  : t(`problem.${mail.problem}.what`),
              })}
            </Text>
          )}
        </div>
      </UnstyledButton>
      {opened && <Opened mail={mail} contactId={contactId} />}
    </article>
  );
}

function Opened({ mail, contactId }: { mail: MailItem; contactId: number }) {
  const { t } = useTranslation('mails');
  const changed = useMailsChanged(contactId);
  const { data, error, refetch } = useQuery(mailQuery(contactId, mail.id));
  const again = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/contacts/{contact_id}/mails/{mail_id}/send-again', {
          params: { path: { contact_id: contactId, mail_id: mail.id } },
        }),
      ),
    onSettled: changed,
  });
  return (
    <Stack gap="sm" className={classes.opened}>
      {mail.state === 'refused' && mail.problem && (
        <Alert color="red" data-testid="mail-refused">
          <Stack gap="xs" align="start">
            <Fault problem={mail.problem} code={mail.answer_code} answer={mail.answer} />
            <Button
              size="xs"
              variant="default"
              loading={again.isPending}
              leftSection={<IconSend size={14} aria-hidden />}
              onClick={() => again.mutate()}
              data-testid="send-again"
            >
              {t('sendAgain')}
            </Button>
          </Stack>
        </Alert>
      )}
      {again.error && <ErrorMessage error={again.error} />}
      {error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loader size="sm" role="status" aria-label={t('common:loading')} />}
      {data && (
        <>
          <blockquote className={classes.text} data-testid="mail-text">
            {data.text}
          </blockquote>
          <Text size="xs" c="dimmed" className={classes.words}>
            {[
              t('from', { address: data.from_address }),
              mail.ended_at && t(`ended.${mail.state}`, { when: formatDateTime(mail.ended_at) }),
              mail.attempts > 1 && t('attempts', { count: mail.attempts }),
              data.despite_refusal && t('despite'),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </>
      )}
    </Stack>
  );
}
