/** A person asks for his data: the archive is prepared, and awaits among the others. For administrators. */
import { Button } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { notifyDone, notifyError } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';

export function AskAccess({ contactId }: { contactId: number }) {
  const { t } = useTranslation('contact-card');
  const navigate = useNavigate();
  const client = useQueryClient();
  const ask = useMutation({
    mutationFn: () => unwrap(api.POST('/api/privacy/access-requests', { body: { contact_id: contactId } })),
    onSuccess: () => {
      notifyDone(t('access.done'));
      void client.invalidateQueries({ queryKey: ['privacy', 'access'] });
      void navigate({ to: '/settings/$section', params: { section: 'privacy' } });
    },
    onError: notifyError,
  });
  return (
    <Button
      variant="default"
      leftSection={<IconFileZip size={16} aria-hidden />}
      title={t('access.help')}
      loading={ask.isPending}
      onClick={() => ask.mutate()}
      data-testid="ask-access"
    >
      {t('access.do')}
    </Button>
  );
}
