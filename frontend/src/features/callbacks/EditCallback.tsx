/** Move a callback, hand it over, or cancel it. */
import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { ErrorMessage } from '@/components/ErrorMessage';
import { AgentPicker } from '@/components/pickers/AgentPicker';
import { api, unwrap } from '@/lib/api/client';
import { contactName } from '@/lib/format/contact';
import { pickedFullMoment } from '@/lib/format/picked';
import type { Callback } from './CallbackList';

interface EditCallbackProps {
  callback: Callback | null;
  onClose: () => void;
  onDone: () => void;
}

export function EditCallback({ callback, onClose, onDone }: EditCallbackProps) {
  const { t } = useTranslation('callbacks');
  return (
    <Modal
      opened={callback !== null}
      onClose={onClose}
      title={callback ? t('editOf', { name: contactName(callback.contact) }) : ''}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      {callback && <Form key={callback.id} callback={callback} onClose={onClose} onDone={onDone} />}
    </Modal>
  );
}

function Form({ callback, onClose, onDone }: EditCallbackProps & { callback: Callback }) {
  const { t } = useTranslation('callbacks');
  const [due, setDue] = useState<Date>(new Date(callback.due_at));
  const [owner, setOwner] = useState(callback.owner ? String(callback.owner.id) : undefined);
  const [note, setNote] = useState(callback.note);
  const at = { params: { path: { callback_id: callback.id } } };
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PATCH('/api/callbacks/{callback_id}', {
          ...at,
          body: { due_at: due.toISOString(), owner_id: owner ? Number(owner) : null, note },
        }),
      ),
    onSuccess: onDone,
  });
  const cancel = useMutation({
    mutationFn: () => unwrap(api.POST('/api/callbacks/{callback_id}/cancel', at)),
    onSuccess: onDone,
  });
  return (
    <Stack>
      <DateTimePicker
        label={t('column.due')}
        data-autofocus
        valueFormat={pickedFullMoment()}
        value={due}
        onChange={(value) => value && setDue(new Date(value))}
        minDate={new Date()}
      />
      <AgentPicker
        label={t('column.owner')}
        description={t('ownerHelp')}
        placeholder={t('anybody')}
        value={owner}
        onChange={setOwner}
      />
      <Textarea
        label={t('column.note')}
        autosize
        minRows={2}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {(save.error ?? cancel.error) && <ErrorMessage error={save.error ?? cancel.error} />}
      <Group justify="space-between">
        <ConfirmInline
          color="red"
          variant="subtle"
          confirmLabel={t('cancelConfirm')}
          onConfirm={() => cancel.mutate()}
        >
          {t('cancel')}
        </ConfirmInline>
        <Group>
          <Button variant="default" onClick={onClose}>
            {t('common:actions.close')}
          </Button>
          <Button loading={save.isPending} onClick={() => save.mutate()}>
            {t('common:actions.save')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
