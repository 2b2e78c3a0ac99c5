/** A person asks that his data go: said first what goes and what stays, then done for good. */
import { Button, Group, Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { notifyDone } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { contactName } from '@/lib/format/contact';
import type { Contact } from './types';

export function EraseContact({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contact-card');
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const client = useQueryClient();
  const erase = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/contacts/{contact_id}/erase', { params: { path: { contact_id: contact.id } } })),
    onSuccess: async () => {
      notifyDone(t('erase.done'));
      await navigate({ to: '/contacts', ignoreBlocker: true });
      client.removeQueries({ queryKey: ['contacts', 'one', contact.id] });
      void client.invalidateQueries({ queryKey: ['contacts', 'list'] });
    },
  });
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)} data-testid="erase">
        {t('erase.do')}
      </Button>
      <Modal
        opened={asking}
        onClose={() => {
          erase.reset();
          setAsking(false);
        }}
        title={t('erase.title', { name: contactName(contact) })}
        closeButtonProps={{ 'aria-label': t('common:actions.close') }}
      >
        <Text size="sm">{t('erase.goes')}</Text>
        <Text size="sm" mt="sm">
          {t('erase.stays')}
        </Text>
        {erase.error && <ErrorMessage error={erase.error} />}
        <Group justify="end" mt="lg">
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
            {t('common:actions.cancel')}
          </Button>
          <Button color="red" loading={erase.isPending} onClick={() => erase.mutate()}>
            {t('erase.confirm')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
