/** A meeting with the contact: when, how long, where. With an outcome that wants one, the outcome is given too. */
import { Button, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyDone, notifyError } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { formatDateTime } from '@/lib/format/time';
import { act, useDesktop } from '../floor';
import { setPanel } from '../panels';
import { noteTaken } from './taken';
import { WhenInput } from './WhenInput';

export function AppointmentPanel({ dispositionId }: { dispositionId: number | undefined }) {
  const { t } = useTranslation('agent-desktop');
  const client = useQueryClient();
  const record = useDesktop((state) => state.record);
  const call = useDesktop((state) => state.call);
  const campaign = useDesktop((state) => state.campaign);
  const [at, setAt] = useState<Date | null>(null);
  const [minutes, setMinutes] = useState(60);
  const [place, setPlace] = useState('');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!at || !record) return;
    setBusy(true);
    try {
      await unwrap(
        api.POST('/api/appointments', {
          body: {
            contact_id: record.contact_id,
            campaign_id: campaign?.id ?? null,
            call_id: call?.id ?? null,
            starts_at: at.toISOString(),
            duration_min: minutes,
            place,
            note,
          },
        }),
      );
      noteTaken(call?.id ?? null);
      notifyDone(t('appointment.done', { at: formatDateTime(at) }));
      setPanel(null);
      if (dispositionId) await act('dispose', { disposition_id: dispositionId });
      await client.invalidateQueries({ queryKey: ['history', record.contact_id] });
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} data-testid="appointment-panel">
      <Stack gap="sm">
        <WhenInput value={at} onChange={setAt} />
        <Group grow>
          <NumberInput
            label={t('appointment.duration')}
            suffix=" min"
            min={5}
            max={480}
            step={15}
            value={minutes}
            onChange={(value) => setMinutes(Number(value) || 60)}
          />
          <TextInput
            label={t('appointment.place')}
            maxLength={200}
            value={place}
            onChange={(event) => setPlace(event.currentTarget.value)}
          />
        </Group>
        <TextInput
          label={t('appointment.note')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="end">
          <Button variant="default" onClick={() => setPanel(null)}>
            {t('common:actions.cancel')}
          </Button>
          <Button type="submit" disabled={!at} loading={busy} data-testid="appointment-confirm">
            {t('appointment.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
