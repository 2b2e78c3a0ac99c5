/** What the campaign is, for whom, and under which name it calls. */
import { NumberInput, Radio, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/form/Section';
import { sendersQuery } from '@/lib/api/names';
import { formatPhone } from '@/lib/format/phone';
import type { Draft } from '../draft';
import { MODES } from '../types';

const DEFAULT = 'default';

interface GeneralSectionProps {
  fields: Draft['fields'];
  errors: Record<string, string>;
  onChange: (fields: Draft['fields']) => void;
}

export function GeneralSection({ fields, errors, onChange }: GeneralSectionProps) {
  const { t } = useTranslation('campaigns');
  const { data: senders } = useQuery(sendersQuery);
  const set = (change: Partial<Draft['fields']>): void => onChange({ ...fields, ...change });
  return (
    <>
      <Section title={t('general.identity')}>
        <TextInput
          label={t('field.name')}
          required
          maxLength={120}
          value={fields.name}
          error={errors['name']}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <NumberInput
          label={t('field.priority')}
          description={t('general.priorityHelp')}
          maw={320}
          min={-100}
          max={100}
          value={fields.priority}
          onChange={(value) => value !== '' && set({ priority: Number(value) })}
        />
      </Section>
      <Section title={t('general.mode')} help={t('general.modeHelp')}>
        <Radio.Group
          aria-label={t('field.mode')}
          value={fields.mode}
          onChange={(value) => set({ mode: value as Draft['fields']['mode'] })}
        >
          <Stack gap="xs">
            {MODES.map((code) => (
              <Radio
                key={code}
                value={code}
                label={t(`words:mode.${code}`)}
                description={t(`words:modeHelp.${code}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
      </Section>
      <Section title={t('general.audience')} help={t('general.audienceHelp')}>
        <SegmentedControl
          maw={320}
          aria-label={t('field.audience')}
          value={fields.audience}
          onChange={(value) => set({ audience: value as Draft['fields']['audience'] })}
          data={(['b2c', 'b2b'] as const).map((code) => ({
            value: code,
            label: t(`words:audience.${code}`),
          }))}
        />
        <Text size="xs" c="dimmed">
          {t(`audienceHelp.${fields.audience}`)}
        </Text>
      </Section>
      <Section title={t('general.caller')} help={t('general.callerHelp')}>
        <TextInput
          label={t('field.caller_name')}
          placeholder={t('general.callerPlaceholder')}
          maxLength={120}
          value={fields.caller_name}
          error={errors['caller_name']}
          onChange={(event) => set({ caller_name: event.currentTarget.value })}
        />
        <TextInput
          label={t('field.callback_number')}
          description={t('general.callbackHelp')}
          maw={320}
          value={formatPhone(fields.callback_number)}
          error={errors['callback_number']}
          onChange={(event) => set({ callback_number: event.currentTarget.value })}
        />
      </Section>
      {(senders?.items.length ?? 0) > 0 && (
        <Section title={t('general.mails')} help={t('general.mailsHelp')}>
          <Select
            maw={360}
            aria-label={t('general.mails')}
            value={fields.sender_id === null ? DEFAULT : String(fields.sender_id)}
            allowDeselect={false}
            error={errors['sender_id']}
            onChange={(id) => set({ sender_id: id === DEFAULT || id === null ? null : Number(id) })}
            data={[
              { value: DEFAULT, label: t('general.defaultSender') },
              ...(senders?.items ?? []).map(({ id, name, enabled }) => ({
                value: String(id),
                label: enabled ? name : t('general.senderOff', { name }),
              })),
            ]}
          />
        </Section>
      )}
    </>
  );
}
