/** A proof written down, every field of the law; it is never changed afterwards. */
import {
  ActionIcon,
  Button,
  Drawer,
  FileInput,
  Group,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { PrincipalPicker } from '@/components/pickers/PrincipalPicker';
import { api, unwrap } from '@/lib/api/client';
import { ApiError } from '@/lib/api/error';
import type { components } from '@/lib/api/schema';
import { upload } from '@/lib/api/upload';
import { formatPhone } from '@/lib/format/phone';
import { instantIn, wallIn, zoneName } from '@/lib/format/time';
import { pickedFullMoment, pickedMoment } from '@/lib/format/picked';
import { useProofsChanged, useZoneOf } from './queries';
import { CHANNELS, type Channel, type Kind, KINDS, type ProofIn } from './types';

type Words = components['schemas'];
interface Slot {
  key: number;
  start: string | null;
  end: string | null;
}

export function ProofForm({ contact, onClose }: { contact: Words['ContactOut']; onClose: () => void }) {
  const { t } = useTranslation('consents');
  const changed = useProofsChanged(contact.id);
  const zone = useZoneOf(contact.id);
  const iso = (wall: string | null): string | null => (wall ? instantIn(wall, zone).toISOString() : null);
  const [kind, setKind] = useState<Kind>('consent');
  const [principal, setPrincipal] = useState<number | null>(null);
  const [channel, setChannel] = useState<Channel>('web_form');
  const [number, setNumber] = useState('');
  const [text, setText] = useState({
    object: '',
    wording: '',
    wording_version: '',
    act: '',
    third_party: '',
    who: '',
  });
  const [given, setGiven] = useState<string | null>(null);
  const [expires, setExpires] = useState<string | null>(null);
  const [slots, setSlots] = useState<Slot[]>([]);
  const [file, setFile] = useState<File | null>(null);
  const save = useMutation({
    mutationFn: async () => {
      const evidence = file ? await upload<Words['EvidenceOut']>('/api/evidence', file) : null;
      const body: ProofIn = {
        ...text,
        kind,
        principal_id: principal ?? 0,
        channel,
        number,
        given_at: iso(given) ?? '',
        expires_at: iso(expires),
        slots: slots.map(({ start, end }) => ({ start: iso(start) ?? '', end: iso(end) ?? '' })),
        evidence_id: evidence?.id ?? null,
      };
      return unwrap(
        api.POST('/api/contacts/{contact_id}/proofs', {
          params: { path: { contact_id: contact.id } },
          body,
        }),
      );
    },
    onSuccess: () => {
      changed();
      onClose();
    },
  });
  const errors = save.error instanceof ApiError ? save.error.fields : {};
  const complete =
    zone &&
    principal !== null &&
    given !== null &&
    text.object.trim() &&
    text.wording.trim() &&
    text.wording_version.trim() &&
    text.act.trim() &&
    slots.every(({ start, end }) => start && end);
  const field = (name: keyof typeof text) => ({
    label: t(`field.${name}`),
    value: text[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setText((all) => ({ ...all, [name]: value }));
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (complete) save.mutate();
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="34rem"
      title={t('add')}
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {t('addHelp')}
          </Text>
          <Select
            label={t('field.kind')}
            data-autofocus
            allowDeselect={false}
            data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
            value={kind}
            onChange={(value) => setKind((value ?? 'consent') as Kind)}
          />
          <PrincipalPicker
            required
            value={principal}
            error={errors['principal_id']}
            onChange={setPrincipal}
          />
          <TextInput required maxLength={300} placeholder={t('field.objectHint')} {...field('object')} />
          <Textarea
            required
            autosize
            minRows={3}
            maxRows={8}
            maxLength={10_000}
            description={t('field.wordingHelp')}
            {...field('wording')}
          />
          <TextInput required maxLength={60} {...field('wording_version')} />
          <Select
            label={t('field.channel')}
            allowDeselect={false}
            data={CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))}
            value={channel}
            onChange={(value) => setChannel((value ?? 'web_form') as Channel)}
          />
          <TextInput required maxLength={200} placeholder={t('field.actHint')} {...field('act')} />
          {zone && (
            <Text size="sm" c="dimmed" data-testid="clocks">
              {t('clocksOf', { place: zoneName(zone) })}
            </Text>
          )}
          <DateTimePicker
            label={t('field.given_at')}
            withAsterisk
            valueFormat={pickedFullMoment()}
            maxDate={zone ? wallIn(new Date(), zone).replace('T', ' ') : new Date()}
            value={given}
            error={errors['given_at']}
            onChange={setGiven}
          />
          <DateTimePicker
            label={t('field.expires_at')}
            description={kind === 'consent' ? t('field.expiresHelp') : undefined}
            clearable
            valueFormat={pickedFullMoment()}
            value={expires}
            error={errors['expires_at']}
            onChange={setExpires}
          />
          <Select
            label={t('field.number')}
            allowDeselect={false}
            data={[
              { value: '', label: t('allNumbers') },
              ...[...new Set(contact.phones.map(({ e164 }) => e164))].map((e164) => ({
                value: e164,
                label: formatPhone(e164),
              })),
            ]}
            value={number}
            error={errors['number']}
            onChange={(value) => setNumber(value ?? '')}
          />
          <TextInput maxLength={200} description={t('field.thirdHelp')} {...field('third_party')} />
          <TextInput maxLength={250} description={t('field.whoHelp')} {...field('who')} />
          <Slots slots={slots} errors={errors} zone={zone} onChange={setSlots} />
          <FileInput
            label={t('field.evidence')}
            description={t('field.evidenceHelp')}
            clearable
            value={file}
            error={errors['file']}
            onChange={setFile}
          />
          {save.error && Object.keys(errors).length === 0 && <ErrorMessage error={save.error} />}
          <Group justify="end" gap="sm" mt="sm">
            <Button variant="default" onClick={onClose}>
              {t('common:actions.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!complete}>
              {t('common:actions.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}

interface SlotsProps {
  slots: Slot[];
  errors: Record<string, string>;
  zone: string;
  onChange: (slots: Slot[]) => void;
}

/** Precise times agreed to: only these allow a call outside the hours of the law. */
function Slots({ slots, errors, zone, onChange }: SlotsProps) {
  const { t } = useTranslation('consents');
  const change = (key: number, some: Partial<Slot>): void =>
    onChange(slots.map((one) => (one.key === key ? { ...one, ...some } : one)));
  return (
    <Stack gap="xs" role="group" aria-label={t('field.slots')}>
      <Text size="sm" fw={500}>
        {t('field.slots')}
      </Text>
      <Text size="xs" c="dimmed">
        {t('field.slotsHelp')} {zone && t('clocksOf', { place: zoneName(zone) })}
      </Text>
      {slots.map(({ key, start, end }, index) => (
        <Group key={key} gap="xs" wrap="nowrap" align="end">
          <DateTimePicker
            label={t('field.from')}
            style={{ flex: 1 }}
            valueFormat={pickedMoment()}
            value={start}
            error={errors[`slots.${index}.start`]}
            onChange={(value) => change(key, { start: value })}
          />
          <DateTimePicker
            label={t('field.to')}
            style={{ flex: 1 }}
            valueFormat={pickedMoment()}
            value={end}
            error={errors[`slots.${index}.end`]}
            onChange={(value) => change(key, { end: value })}
          />
          <ActionIcon
            color="gray"
            size="lg"
            aria-label={t('field.slotRemove', { n: index + 1 })}
            onClick={() => onChange(slots.filter((one) => one.key !== key))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      {slots.length < 20 && (
        <Button
          size="xs"
          variant="default"
          style={{ alignSelf: 'start' }}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...slots, { key: (slots.at(-1)?.key ?? 0) + 1, start: null, end: null }])}
        >
          {t('field.slotAdd')}
        </Button>
      )}
    </Stack>
  );
}
