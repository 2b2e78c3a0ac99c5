/** Lets a number be called again, once the server has said what that means and somebody has agreed. */
import { Alert, Button, Group, Loader, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyDone, notifyError } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { ApiError } from '@/lib/api/error';
import type { components } from '@/lib/api/schema';
import { formatPhone } from '@/lib/format/phone';

type Row = components['schemas']['DoNotCallOut'];

interface RemoveNumberProps {
  row: Row | null;
  onClose: () => void;
  onRemoved: () => void;
}

export function RemoveNumber({ row, onClose, onRemoved }: RemoveNumberProps) {
  const { t } = useTranslation('do-not-call');
  const remove = useMutation({
    mutationFn: ({ id, confirm }: { id: number; confirm: boolean }) =>
      unwrap(
        api.DELETE('/api/do-not-call/{row_id}', {
          params: { path: { row_id: id }, query: confirm ? { confirm } : {} },
        }),
      ),
    onSuccess: () => {
      if (row) notifyDone(t('removed', { number: formatPhone(row.e164) }));
      onRemoved();
      onClose();
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'confirmation_needed') return;
      notifyError(error);
      onClose();
    },
  });
  const { mutate, reset } = remove;
  useEffect(() => {
    reset();
    if (row) mutate({ id: row.id, confirm: false });
  }, [row, mutate, reset]);
  const asked = remove.error instanceof ApiError ? remove.error.message : null;
  return (
    <Modal
      opened={row !== null}
      onClose={onClose}
      title={row ? t('removeNumber', { number: formatPhone(row.e164) }) : ''}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      <Stack>
        {asked ? (
          <Alert color="red">{asked}</Alert>
        ) : (
          <Loader size="sm" role="status" aria-label={t('common:loading')} />
        )}
        <Group justify="end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('common:actions.cancel')}
          </Button>
          <Button
            color="red"
            disabled={!asked}
            loading={remove.isPending}
            onClick={() => row && mutate({ id: row.id, confirm: true })}
          >
            {t('removeConfirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
