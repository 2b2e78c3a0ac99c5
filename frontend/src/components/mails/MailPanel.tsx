/** The e-mails of a contact, newest first, and the way to write one: on his page and on the agent's desktop. */
import { Button, Loader, Stack, Text } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { hasDraft } from './drafts';
import { MailForm } from './MailForm';
import { MailLine } from './MailLine';
import { readinessQuery, useMails } from './queries';
import type { CampaignRef } from './types';

interface MailPanelProps {
  contactId: number;
  campaigns?: CampaignRef[];
  campaignId: number | null;
}

export function MailPanel({ contactId, campaigns = [], campaignId }: MailPanelProps) {
  const { t } = useTranslation('mails');
  const mails = useMails(contactId);
  const { data: ready, isPending } = useQuery(readinessQuery(contactId, campaignId));
  const [writing, setWriting] = useState(() => hasDraft(contactId));
  return (
    <Stack gap="sm" data-testid="mails">
      {writing && isPending && <Loader size="sm" role="status" aria-label={t('common:loading')} />}
      {writing && !isPending && (
        // Once it is known whether the person refused: that is told above what is typed.
        <MailForm
          contactId={contactId}
          campaigns={campaigns}
          campaignId={campaignId}
          onDone={() => setWriting(false)}
        />
      )}
      {!writing && (
        <Button
          size="xs"
          variant="default"
          style={{ alignSelf: 'start' }}
          leftSection={<IconMail size={14} aria-hidden />}
          onClick={() => setWriting(true)}
          data-autofocus
          data-testid="write-mail"
        >
          {t('write')}
        </Button>
      )}
      {mails.error ? <ErrorMessage error={mails.error} onRetry={mails.onRetry} /> : null}
      {!mails.rows && !mails.error && <Loader size="sm" role="status" aria-label={t('common:loading')} />}
      {mails.rows?.length === 0 && (
        <Text size="sm" c="dimmed" data-testid="no-mails">
          {[t('none'), !writing && ready?.why_not].filter(Boolean).join(' ')}
        </Text>
      )}
      <div>
        {mails.rows?.map((mail) => (
          <MailLine key={mail.id} mail={mail} contactId={contactId} />
        ))}
      </div>
      {mails.hasMore && (
        <Button size="xs" variant="default" loading={mails.loading} onClick={mails.onMore}>
          {t('more')}
        </Button>
      )}
    </Stack>
  );
}
