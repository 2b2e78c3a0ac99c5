/** A promise to call again: when, for whom, why. Given with an outcome, or alone. */
import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyDone } from '@/components/notify';
import { formatDateTime } from '@/lib/format/time';
import { act, useDesktop } from '../floor';
import { setPanel } from '../panels';
import { presets } from './presets';
import { WhenInput } from './WhenInput';

export function CallbackPanel({ dispositionId }: { dispositionId: number | undefined }) {
  const { t } = useTranslation('agent-desktop');
  const client = useQueryClient();
  const contactId = useDesktop((state) => state.record?.contact_id);
  const [at, setAt] = useState<Date | null>(() => presets(new Date())[0]?.at ?? null);
  const [mine, setMine] = useState(true);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!at) return;
    setBusy(true);
    const instant = at.toISOString();
    const done = dispositionId
      ? await act('dispose', {
          disposition_id: dispositionId,
          callback_at: instant,
          callback_mine: mine,
          callback_note: note,
        })
      : await act('schedule_callback', { at: instant, mine, note });
    setBusy(false);
    if (!done) return;
    notifyDone(t('callback.done', { at: formatDateTime(at) }));
    setPanel(null);
    void client.invalidateQueries({ queryKey: ['history', contactId] });
  };
  return (
    <form onSubmit={(event) => void submit(event)} data-testid="callback-panel">
      <Stack gap="sm">
        <WhenInput value={at} onChange={setAt} />
        <TextInput
          label={t('callback.note')}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Checkbox
          label={t('callback.mine')}
          checked={mine}
          onChange={(event) => setMine(event.currentTarget.checked)}
        />
        <Group justify="end">
          <Button variant="default" onClick={() => setPanel(null)}>
            {t('common:actions.cancel')}
          </Button>
          <Button type="submit" disabled={!at} loading={busy} data-testid="callback-confirm">
            {t('callback.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
