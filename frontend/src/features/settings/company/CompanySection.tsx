/** The company, what its calls announce, and how long things are kept. */
import { NumberInput, Select, Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { SaveBar } from '@/components/form/SaveBar';
import { Section } from '@/components/form/Section';
import { api, unwrap } from '@/lib/api/client';
import { useMe } from '@/lib/api/session';
import type { components } from '@/lib/api/schema';
import { formatPhone } from '@/lib/format/phone';
import { fieldErrors } from '../FormDrawer';
import classes from '../Settings.module.css';

type Settings = Required<components['schemas']['Settings']>;

const KEPT = [
  ['recordings_kept_days', 183, { unit: 'months', count: 6 }],
  ['notes_kept_days', 366, { unit: 'years', count: 1 }],
  ['prospects_kept_days', 1096, { unit: 'years', count: 3 }],
] as const;

export function CompanySection() {
  const settings = useQuery({
    queryKey: ['settings'],
    queryFn: async () => (await unwrap(api.GET('/api/settings'))) as Settings,
  });
  if (settings.error) return <ErrorMessage error={settings.error} onRetry={() => void settings.refetch()} />;
  return settings.data ? <Form kept={settings.data} /> : null;
}

function Form({ kept }: { kept: Settings }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const mayChange = useMe().permissions.includes('manage_settings');
  const [edits, setEdits] = useState<Partial<Settings>>({});
  const values = { ...kept, ...edits };
  const dirty = (Object.keys(edits) as (keyof Settings)[]).some((key) => edits[key] !== kept[key]);
  const save = useMutation({
    mutationFn: () => unwrap(api.PUT('/api/settings', { body: values })),
    onSuccess: (next) => {
      client.setQueryData(['settings'], next);
      void client.invalidateQueries({ queryKey: ['statistics'] });
      setEdits({});
    },
  });
  const set = (change: Partial<Settings>): void => {
    save.reset();
    setEdits((all) => ({ ...all, ...change }));
  };
  const errors = fieldErrors(save.error);
  return (
    <>
      <fieldset className={classes.form} disabled={!mayChange} style={{ minInlineSize: 0, margin: 0 }}>
        <Section title={t('company.identity')} help={t('company.identityHelp')}>
          <TextInput
            label={t('company.name')}
            maxLength={120}
            value={values.company_name}
            error={errors['company_name']}
            onChange={(event) => set({ company_name: event.currentTarget.value })}
          />
          <TextInput
            label={t('company.siren')}
            description={t('company.sirenHelp')}
            w={220}
            inputMode="numeric"
            maxLength={11}
            value={values.company_siren}
            error={errors['company_siren']}
            onChange={(event) => set({ company_siren: event.currentTarget.value.replace(/\s/g, '') })}
          />
          <TextInput
            label={t('company.callback')}
            description={t('company.callbackHelp')}
            w={260}
            type="tel"
            value={edits.callback_number ?? formatPhone(values.callback_number)}
            error={errors['callback_number']}
            onChange={(event) => set({ callback_number: event.currentTarget.value })}
          />
          <Select
            label={t('company.language')}
            w={220}
            data={[
              { value: 'fr', label: t('common:user.french') },
              { value: 'en', label: t('common:user.english') },
            ]}
            value={values.default_language}
            onChange={(language) => set({ default_language: language as 'fr' | 'en' })}
          />
        </Section>
        <Section title={t('company.floor')}>
          <Switch
            label={t('company.announced')}
            description={t('company.announcedHelp')}
            checked={values.listening_announced}
            onChange={(event) => set({ listening_announced: event.currentTarget.checked })}
          />
          <NumberInput
            label={t('company.recordingPause')}
            description={t('company.recordingPauseHelp')}
            suffix={t('company.seconds')}
            w={260}
            min={15}
            max={600}
            value={values.recording_pause_s}
            error={errors['recording_pause_s']}
            onChange={(value) => value !== '' && set({ recording_pause_s: Number(value) })}
          />
          <Select
            label={t('company.base')}
            description={t('company.baseHelp')}
            maw={360}
            data={(['pitched', 'reached'] as const).map((code) => ({
              value: code,
              label: t(`company.bases.${code}`),
            }))}
            value={values.transformation_base}
            onChange={(base) => set({ transformation_base: base as 'pitched' | 'reached' })}
          />
        </Section>
        <Section title={t('company.kept')} help={t('company.keptHelp')}>
          {KEPT.map(([key, max, law]) => (
            <NumberInput
              key={key}
              label={t(`company.${key}`)}
              description={t('company.atMost', {
                count: max,
                span: t(`privacy:retention.${law.unit}`, { count: law.count }),
              })}
              suffix={t('company.days')}
              w={260}
              min={1}
              max={max}
              value={values[key]}
              error={errors[key]}
              onChange={(value) => value !== '' && set({ [key]: Number(value) })}
            />
          ))}
        </Section>
      </fieldset>
      {mayChange ? (
        <SaveBar
          dirty={dirty}
          saving={save.isPending}
          error={save.error}
          onSave={() => save.mutate()}
          onDiscard={() => setEdits({})}
          within="/settings/company"
        />
      ) : (
        <Text size="sm" c="dimmed" p="md">
          {t('readOnly')}
        </Text>
      )}
    </>
  );
}
