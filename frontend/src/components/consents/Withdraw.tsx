/** Taking a consent back: one click, then by which way it was said. As easy as giving it. */
import { Group, Text, VisuallyHidden } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { api, unwrap } from '@/lib/api/client';
import { useProofsChanged } from './queries';
import type { Proof } from './types';

export function Withdraw({ proof, contactId }: { proof: Proof; contactId: number }) {
  const { t } = useTranslation('consents');
  const changed = useProofsChanged(contactId);
  const withdraw = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/proofs/{proof_id}/withdrawal', {
          params: { path: { proof_id: proof.id } },
          body: { channel: 'phone' },
        }),
      ),
    // Somebody else may have been first: what is shown must be so.
    onSettled: changed,
  });
  return (
    <Group gap="xs" wrap="nowrap">
      {withdraw.error && (
        <Text size="xs" c="var(--state-fault-ink)" role="alert" maw={220}>
          {withdraw.error.message}
        </Text>
      )}
      <ConfirmInline
        size="xs"
        variant="subtle"
        color="red"
        confirmLabel={t('withdrawConfirm')}
        data-testid="withdraw-proof"
        onConfirm={() => withdraw.mutate()}
      >
        {t('withdraw')}
        <VisuallyHidden>{`${proof.principal.name} · ${proof.object}`}</VisuallyHidden>
      </ConfirmInline>
    </Group>
  );
}
