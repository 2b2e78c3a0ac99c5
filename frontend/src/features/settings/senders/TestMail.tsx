/** A real e-mail by a sender, and what its server answered, in words. */
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Fault } from '@/components/mails/Fault';
import { api, unwrap } from '@/lib/api/client';
import { useMe } from '@/lib/api/session';
import { fieldErrors } from '../FormDrawer';
import type { Sender } from './types';

export function TestMail({ sender, onClose }: { sender: Sender | null; onClose: () => void }) {
  const { t } = useTranslation('settings');
  return (
    <Modal
      opened={sender !== null}
      onClose={onClose}
      title={sender ? t('senders.testOf', { name: sender.name }) : ''}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      {sender && <Trial key={sender.id} sender={sender} onClose={onClose} />}
    </Modal>
  );
}

function Trial({ sender, onClose }: { sender: Sender; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [to, setTo] = useState(useMe().email);
  const test = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/senders/{sender_id}/test', {
          params: { path: { sender_id: sender.id } },
          body: { to },
        }),
      ),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    test.mutate();
  };
  const errors = fieldErrors(test.error);
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('senders.testHelp')}
        </Text>
        <TextInput
          type="email"
          label={t('senders.testTo')}
          required
          data-autofocus
          maxLength={254}
          disabled={test.isPending}
          value={to}
          error={errors['to']}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        {test.data && (
          <Alert
            color={test.data.problem ? 'red' : 'teal'}
            role="status"
            data-testid="test-mail-result"
            data-result={test.data.problem ?? 'sent'}
          >
            {test.data.problem ? (
              <Fault
                problem={test.data.problem}
                code={test.data.answer_code ?? null}
                answer={test.data.answer}
              />
            ) : (
              <Text size="sm">{t('senders.testGood')}</Text>
            )}
          </Alert>
        )}
        {test.error && Object.keys(errors).length === 0 && <ErrorMessage error={test.error} />}
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            {t('common:actions.close')}
          </Button>
          <Button type="submit" loading={test.isPending} disabled={!to.trim()} data-testid="send-test-mail">
            {t('senders.test')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
