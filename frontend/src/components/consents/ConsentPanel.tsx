/** What this person agreed to: each proof with its state, taken back in two clicks; and a new one written down. */
import { Anchor, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import type { components } from '@/lib/api/schema';
import { ProofForm } from './ProofForm';
import { ProofLine } from './ProofLine';
import { proofsQuery } from './queries';

export function ConsentPanel({ contact }: { contact: components['schemas']['ContactOut'] }) {
  const { t } = useTranslation('consents');
  const { data, error, refetch } = useQuery(proofsQuery(contact.id));
  const [adding, setAdding] = useState(false);
  return (
    <Stack gap="sm" data-testid="consents">
      <Group gap="sm" justify="space-between">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          data-testid="add-proof"
          onClick={() => setAdding(true)}
        >
          {t('add')}
        </Button>
        {(data?.items.length ?? 0) > 0 && (
          <Anchor href={`/api/contacts/${contact.id}/proofs.pdf`} download size="sm" data-testid="proofs-pdf">
            {t('pdf')}
          </Anchor>
        )}
      </Group>
      {error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loader size="sm" role="status" aria-label={t('common:loading')} />}
      {data?.items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('none')}
        </Text>
      )}
      {data?.items.map((proof) => (
        <ProofLine key={proof.id} proof={proof} contactId={contact.id} />
      ))}
      {adding && <ProofForm contact={contact} onClose={() => setAdding(false)} />}
    </Stack>
  );
}
