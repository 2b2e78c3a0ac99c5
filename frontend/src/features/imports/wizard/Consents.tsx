/** What the file's consents prove: for whom, about what, in which words; asked once, and again where a cell is empty. */
import { FileInput, Select, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CHANNELS, KINDS } from '@/components/consents/types';
import { Section } from '@/components/form/Section';
import { PrincipalPicker } from '@/components/pickers/PrincipalPicker';
import type { ConsentTerms } from '../types';
import { type LawfulTerm, type MappedColumn, missingTerms, NO_TERMS } from './mapping';

interface ConsentsProps {
  columns: readonly MappedColumn[];
  value: ConsentTerms;
  file: File | null;
  errors: Record<string, string>;
  onChange: (terms: ConsentTerms) => void;
  onFile: (file: File | null) => void;
}

export function Consents({ columns, value, file, errors, onChange, onFile }: ConsentsProps) {
  const { t } = useTranslation('imports');
  const set = (some: Partial<ConsentTerms>): void => onChange({ ...value, ...some });
  const needed = new Set(missingTerms(columns, { ...NO_TERMS, principal_id: 1 }));
  const field = (name: LawfulTerm | 'third_party') => ({
    label: t(`consents:field.${name}`),
    description: name === 'third_party' || needed.has(name) ? undefined : t('consent.fromColumn'),
    withAsterisk: name !== 'third_party' && needed.has(name),
    error: errors[`consent.${name}`],
    maw: 480,
  });
  const text = (name: Exclude<LawfulTerm, 'channel'> | 'third_party') => ({
    ...field(name),
    value: value[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });
  return (
    <Section title={t('consent.title')} help={t('consent.help')}>
      <Select
        maw={480}
        label={t('consents:field.kind')}
        allowDeselect={false}
        data={KINDS.map((kind) => ({ value: kind, label: t(`consents:kind.${kind}`) }))}
        value={value.kind ?? 'consent'}
        onChange={(kind) => set({ kind: (kind ?? 'consent') as NonNullable<ConsentTerms['kind']> })}
      />
      <div style={{ maxWidth: 480 }}>
        <PrincipalPicker
          required
          value={value.principal_id || null}
          error={errors['consent.principal_id']}
          onChange={(id) => set({ principal_id: id ?? 0 })}
        />
      </div>
      <TextInput maxLength={300} placeholder={t('consents:field.objectHint')} {...text('object')} />
      <Textarea autosize minRows={2} maxRows={8} maxLength={10_000} {...text('wording')} />
      <TextInput maxLength={60} {...text('wording_version')} />
      <Select
        clearable
        placeholder={t('consent.chooseChannel')}
        data={CHANNELS.map((channel) => ({ value: channel, label: t(`consents:channel.${channel}`) }))}
        value={value.channel || null}
        onChange={(channel) => set({ channel: (channel ?? '') as NonNullable<ConsentTerms['channel']> })}
        {...field('channel')}
      />
      <TextInput maxLength={200} placeholder={t('consents:field.actHint')} {...text('act')} />
      <TextInput maxLength={200} {...text('third_party')} description={t('consents:field.thirdHelp')} />
      <FileInput
        maw={480}
        clearable
        label={t('consent.evidence')}
        description={t('consent.evidenceHelp')}
        value={file}
        error={errors['consent.evidence_id'] ?? errors['file']}
        onChange={onFile}
      />
      <Text size="xs" c="dimmed" maw={480}>
        {t('consent.numbers')}
      </Text>
    </Section>
  );
}
