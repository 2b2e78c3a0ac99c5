/** Brings back a batch that was taken back: the same file, the same choices, new counts. */
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notifyError } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import type { ImportDetail } from './types';

export function RollForward({ batch, onDone }: { batch: ImportDetail; onDone: () => void }) {
  const { t } = useTranslation('imports');
  const again = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/imports/{batch_id}/roll-forward', { params: { path: { batch_id: batch.id } } })),
    onSuccess: onDone,
    onError: notifyError,
  });
  return (
    <Button
      variant="light"
      loading={again.isPending}
      onClick={() => again.mutate()}
      title={t('rollForward.help')}
      data-testid="roll-forward"
    >
      {t('rollForward.open')}
    </Button>
  );
}
