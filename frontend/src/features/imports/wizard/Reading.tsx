/** How the file is read; each change shows the preview anew. */
import { Group, NumberInput, Select, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatSize } from '@/lib/format/size';
import type { ImportDetail, ImportPatch } from '../types';

interface ReadingProps {
  batch: ImportDetail;
  busy: boolean;
  onChange: (body: ImportPatch) => void;
}

const ENCODINGS = ['utf-8', 'cp1252', 'utf-16', 'mixed'] as const;
const SEPARATORS = [
  { value: ';', key: 'semicolon' },
  { value: ',', key: 'comma' },
  { value: '\t', key: 'tab' },
  { value: '|', key: 'bar' },
] as const;

export function Reading({ batch, busy, onChange }: ReadingProps) {
  const { t } = useTranslation('imports');
  const rows = batch.preview?.rows_total ?? 0;
  return (
    <>
      <Text size="sm">
        {t('wizard.file', {
          file: batch.file_name,
          count: rows,
          size: formatSize(batch.size_bytes),
        })}
      </Text>
      <Group align="end" gap="md">
        {batch.format === 'csv' ? (
          <>
            <Select
              w={190}
              label={t('wizard.encoding')}
              disabled={busy}
              data={ENCODINGS.map((code) => ({ value: code, label: t(`encoding.${code}`) }))}
              value={batch.encoding}
              onChange={(code) => onChange({ encoding: code as (typeof ENCODINGS)[number] })}
            />
            <Select
              w={160}
              label={t('wizard.separator')}
              disabled={busy}
              data={SEPARATORS.map(({ value, key }) => ({ value, label: t(`separator.${key}`) }))}
              value={batch.separator}
              onChange={(value) => onChange({ separator: value as ';' | ',' | '\t' | '|' })}
            />
          </>
        ) : (
          <Select
            w={260}
            label={t('wizard.sheet')}
            disabled={busy}
            data={batch.sheets}
            value={batch.sheet}
            onChange={(sheet) => onChange({ sheet: sheet ?? '' })}
          />
        )}
        <Switch
          mb={8}
          label={t('wizard.hasHeader')}
          checked={batch.header_row > 0}
          disabled={busy}
          onChange={(event) => onChange({ header_row: event.currentTarget.checked ? 1 : 0 })}
        />
        {batch.header_row > 0 && (
          <NumberInput
            w={140}
            label={t('wizard.headerRow')}
            min={1}
            max={1000}
            disabled={busy}
            value={batch.header_row}
            onChange={(row) => Number(row) > 0 && onChange({ header_row: Number(row) })}
          />
        )}
      </Group>
    </>
  );
}
