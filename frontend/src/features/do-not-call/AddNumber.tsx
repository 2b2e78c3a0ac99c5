/** One number never to dial again. */
import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { notifyDone } from '@/components/notify';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import { api, unwrap } from '@/lib/api/client';
import { ApiError } from '@/lib/api/error';
import { formatPhone } from '@/lib/format/phone';

interface AddNumberProps {
  opened: boolean;
  onClose: () => void;
  onAdded: () => void;
}

export function AddNumber({ opened, onClose, onAdded }: AddNumberProps) {
  const { t } = useTranslation('do-not-call');
  const [number, setNumber] = useState('');
  const [isPrefix, setIsPrefix] = useState(false);
  const [note, setNote] = useState('');
  const [campaign, setCampaign] = useState<string | undefined>();
  const add = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/do-not-call', {
          body: { number, is_prefix: isPrefix, note, campaign_id: campaign ? Number(campaign) : null },
        }),
      ),
    onSuccess: ({ e164, is_prefix }) => {
      notifyDone(is_prefix ? t('addedPrefix', { prefix: e164 }) : t('added', { number: formatPhone(e164) }));
      setNumber('');
      setIsPrefix(false);
      setNote('');
      onAdded();
      onClose();
    },
  });
  const fieldError = add.error instanceof ApiError ? add.error.fields['number'] : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('add')}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            type="tel"
            label={t('column.number')}
            required
            data-autofocus
            value={number}
            error={fieldError}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
          <Checkbox
            label={t('prefix')}
            description={t('prefixHelp')}
            checked={isPrefix}
            onChange={(event) => setIsPrefix(event.currentTarget.checked)}
          />
          <CampaignPicker
            label={t('scope')}
            placeholder={t('everywhere')}
            value={campaign}
            onChange={setCampaign}
          />
          <TextInput
            label={t('column.note')}
            maxLength={200}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {add.error && !fieldError && <ErrorMessage error={add.error} />}
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              {t('common:actions.cancel')}
            </Button>
            <Button type="submit" disabled={!number.trim()} loading={add.isPending}>
              {t('add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
