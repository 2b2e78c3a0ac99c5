/** Why this call was lawful, for an inspector: asked for by a button, since each reading is in the audit log. */
import { Anchor, Button, Group, Loader } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { TextSections } from '@/components/TextSections';
import { api, unwrap } from '@/lib/api/client';

export function Dossier({ callId }: { callId: string }) {
  const { t, i18n } = useTranslation('calls');
  const [shown, setShown] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['calls', 'proof', callId, i18n.language],
    queryFn: () => unwrap(api.GET('/api/calls/{call_id}/proof', { params: { path: { call_id: callId } } })),
    enabled: shown,
    staleTime: Infinity,
  });
  return (
    <section aria-label={t('dossier.title')} data-testid="dossier">
      <Group gap="sm">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconScale size={14} aria-hidden />}
          aria-expanded={shown}
          onClick={() => setShown(!shown)}
          data-testid="show-dossier"
        >
          {t('dossier.title')}
        </Button>
        <Anchor href={`/api/calls/${callId}/proof.pdf`} download size="sm" data-testid="dossier-pdf">
          {t('dossier.pdf')}
        </Anchor>
      </Group>
      {shown && error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {shown && !data && !error && (
        <Loader mt="sm" size="sm" role="status" aria-label={t('common:loading')} />
      )}
      {shown && data && <TextSections sections={data.sections} closed="rows" data-testid="dossier-panel" />}
    </section>
  );
}
