/** The file's columns: saved mappings, a filter for wide files, the rest as new fields, and the grid. */
import { Alert, Button, Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format/number';
import type { ConsentTerms, ImportDetail } from '../types';
import { ColumnsGrid } from './ColumnsGrid';
import { applied, type Choices, type MappedColumn, restAsNew, termsOf, titled } from './mapping';
import { SavedMappings } from './SavedMappings';
import type { Tidy } from './Tidying';
import type { Misfits } from './useMisfits';

const WIDE = 8;

interface ColumnsProps {
  preview: NonNullable<ImportDetail['preview']>;
  columns: MappedColumn[];
  misfits: Misfits;
  onChoose: (choices: Choices) => void;
  /** A saved mapping also says what is put right, and what its consents are for. */
  onMapping: (some: { choices: Choices; tidy: Tidy; terms?: ConsentTerms }) => void;
}

type Shown = 'all' | 'linked' | 'left';

export function Columns({ preview, columns, misfits, onChoose, onMapping }: ColumnsProps) {
  const { t } = useTranslation('imports');
  const [words, setWords] = useState('');
  const [which, setWhich] = useState<Shown>('all');
  const rest = restAsNew(columns);
  const left = Object.keys(rest).length;
  const shown = titled(columns, words).filter(
    ({ target }) => which === 'all' || (which === 'linked') === Boolean(target),
  );
  return (
    <>
      <Group gap="sm">
        <SavedMappings
          columns={preview.columns}
          onApply={(mapping) => {
            const terms = termsOf(mapping.consent);
            const choices = applied(preview.columns, mapping);
            onMapping({ choices, tidy: mapping.tidy, ...(terms ? { terms } : {}) });
          }}
        />
        {columns.length > WIDE && (
          <>
            <TextInput
              size="xs"
              w={200}
              aria-label={t('wizard.findColumn')}
              placeholder={t('wizard.findColumn')}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            <SegmentedControl
              size="xs"
              aria-label={t('wizard.shown')}
              value={which}
              onChange={(value) => setWhich(value as Shown)}
              data={(['all', 'linked', 'left'] as const).map((value) => ({
                value,
                label: t(`wizard.shownColumns.${value}`),
              }))}
            />
          </>
        )}
        {left > 0 && (
          <Button size="xs" variant="default" onClick={() => onChoose(rest)} data-testid="rest-as-new">
            {t('wizard.restAsNew', { count: left })}
          </Button>
        )}
      </Group>
      {shown.length > 0 ? (
        <ColumnsGrid
          preview={preview}
          columns={columns}
          shown={shown}
          misfits={misfits}
          onChoose={(index, choice) => onChoose({ [index]: choice })}
        />
      ) : (
        <Text size="sm" c="dimmed" role="status">
          {t('wizard.noColumn')}
        </Text>
      )}
      {misfits.size > 0 && (
        <Alert color="yellow" py="xs" data-testid="misfits">
          {t('misfits.told', {
            columns: named(
              columns.filter(({ column }) => misfits.has(column.index)),
              (text) => t('misfits.quoted', { text }),
            ),
          })}
        </Alert>
      )}
    </>
  );
}

const MOST_NAMED = 5;

/** A few of their titles, and how many more. */
function named(columns: readonly MappedColumn[], quoted: (title: string) => string): string {
  const titles = columns.slice(0, MOST_NAMED).map(({ column }) => quoted(column.header));
  const more = columns.length - titles.length;
  return titles.join(', ') + (more > 0 ? ` + ${formatNumber(more)}` : '');
}
