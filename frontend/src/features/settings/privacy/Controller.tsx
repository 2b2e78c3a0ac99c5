/** What the register and the notices name and the rest of the settings does not: where, whom to write to, who hosts. */
import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Section } from '@/components/form/Section';
import { api, unwrap } from '@/lib/api/client';
import type { components } from '@/lib/api/schema';
import { fieldErrors } from '../FormDrawer';

type Settings = Required<components['schemas']['Settings']>;
const FIELDS = [
  ['company_address', 250],
  ['privacy_contact', 120],
  ['dpo', 120],
  ['hosting', 250],
] as const;

export function Controller() {
  const { t } = useTranslation('privacy');
  const { data, error, refetch } = useQuery({
    queryKey: ['settings'],
    queryFn: async () => (await unwrap(api.GET('/api/settings'))) as Settings,
  });
  return (
    <Section title={t('controller.title')} help={t('controller.help')}>
      {error && <ErrorMessage error={error} onRetry={() => void refetch()} />}
      {data && <Form kept={data} />}
    </Section>
  );
}

function Form({ kept }: { kept: Settings }) {
  const { t } = useTranslation('privacy');
  const client = useQueryClient();
  const [edits, setEdits] = useState<Partial<Settings>>({});
  const values = { ...kept, ...edits };
  const dirty = (Object.keys(edits) as (keyof Settings)[]).some((key) => edits[key] !== kept[key]);
  const save = useMutation({
    mutationFn: () => unwrap(api.PUT('/api/settings', { body: values })),
    onSuccess: (next) => {
      client.setQueryData(['settings'], next);
      void client.invalidateQueries({ queryKey: ['privacy'] });
      void client.invalidateQueries({ queryKey: ['listening-notice'] });
      setEdits({});
    },
  });
  const errors = fieldErrors(save.error);
  const set = (change: Partial<Settings>): void => setEdits((all) => ({ ...all, ...change }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (dirty) save.mutate();
  };
  return (
    <form onSubmit={submit} data-testid="controller">
      {FIELDS.map(([name, most]) => (
        <TextInput
          key={name}
          mb="sm"
          maw={480}
          label={t(`controller.${name}`)}
          description={t(`controller.${name}Help`)}
          maxLength={most}
          value={values[name]}
          error={errors[name]}
          onChange={(event) => set({ [name]: event.currentTarget.value })}
        />
      ))}
      <Textarea
        mb="sm"
        maw={640}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={5000}
        label={t('controller.listening_notice')}
        description={t('controller.listening_noticeHelp')}
        value={values.listening_notice}
        error={errors['listening_notice']}
        onChange={(event) => set({ listening_notice: event.currentTarget.value })}
      />
      {save.error && Object.keys(errors).length === 0 && <ErrorMessage error={save.error} />}
      <Group>
        <Button type="submit" loading={save.isPending} disabled={!dirty}>
          {t('common:actions.save')}
        </Button>
      </Group>
    </form>
  );
}
