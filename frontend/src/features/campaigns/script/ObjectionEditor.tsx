/** What the contact may object, and what to answer. */
import { Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DraftObjection } from '../draft';
import { TextWithFields } from './TextWithFields';

interface ObjectionEditorProps {
  objection: DraftObjection;
  variables: string[];
  onChange: (change: Partial<DraftObjection>) => void;
}

export function ObjectionEditor({ objection, variables, onChange }: ObjectionEditorProps) {
  const { t } = useTranslation('campaigns');
  return (
    <Stack gap="md">
      <TextInput
        label={t('script.objection')}
        placeholder={t('script.objectionPlaceholder')}
        maxLength={120}
        value={objection.title}
        error={objection.title.trim() ? undefined : t('script.objectionNeeded')}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <TextWithFields
        label={t('script.answer')}
        value={objection.answer}
        variables={variables}
        onChange={(answer) => onChange({ answer })}
      />
    </Stack>
  );
}
