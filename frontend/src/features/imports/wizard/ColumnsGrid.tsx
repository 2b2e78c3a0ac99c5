/** The first rows of the file under the fields they will fill; of a wide file, the columns in sight only. */
/* eslint-disable jsx-a11y/no-noninteractive-tabindex -- a part that scrolls must be reached by the keyboard */
import { Select, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { customFieldsQuery } from '@/lib/api/names';
import classes from '../Imports.module.css';
import type { FieldKind, ImportDetail, Misfit } from '../types';
import {
  type Choices,
  CONSENT,
  DIALED,
  type MappedColumn,
  NEW_FIELD,
  STANDARD,
  suggestedField,
  takenTwice,
} from './mapping';
import type { Misfits } from './useMisfits';

/** More columns than this, and each keystroke would wait for all of them. */
const WIDE = 60;
/** Of a wide file's columns, in pixels; `.grid[data-wide]` holds them to it. */
const WIDTH = 220;

type Choose = (index: number, choice: Choices[number]) => void;

interface ColumnsGridProps {
  preview: NonNullable<ImportDetail['preview']>;
  columns: MappedColumn[];
  /** Those that are shown. */
  shown: MappedColumn[];
  misfits: Misfits;
  onChoose: Choose;
}

export function ColumnsGrid({ preview, columns, shown, misfits, onChoose }: ColumnsGridProps) {
  const { t } = useTranslation('imports');
  const twice = takenTwice(columns);
  const scroller = useRef<HTMLDivElement>(null);
  const wide = shown.length > WIDE;
  const virtual = useVirtualizer({
    horizontal: true,
    enabled: wide,
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => WIDTH,
    overscan: 3,
  });
  const items = virtual.getVirtualItems();
  const inSight = wide ? items.flatMap(({ index }) => shown[index] ?? []) : shown;
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div
      ref={scroller}
      className={classes.grid}
      data-wide={wide || undefined}
      tabIndex={0}
      role="region"
      aria-label={t('wizard.rows')}
      data-testid="import-preview"
    >
      <table aria-colcount={wide ? shown.length + 1 : undefined}>
        <thead>
          <tr>
            <th data-number scope="col">
              <span className="visually-hidden">{t('column.line')}</span>
            </th>
            {wide && <Space width={before} />}
            {inSight.map((one, place) => (
              <th
                key={one.column.index}
                scope="col"
                aria-colindex={wide ? (items[place]?.index ?? 0) + 2 : undefined}
                data-mapped={one.target ? true : undefined}
              >
                <ColumnHead
                  one={one}
                  twice={twice.has(one.target)}
                  misfit={misfits.get(one.column.index)}
                  onChoose={onChoose}
                />
              </th>
            ))}
            {wide && <Space width={after} />}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((cells, row) => (
            <tr key={row}>
              <td data-number>{preview.lines[row]}</td>
              {wide && <Space width={before} />}
              {inSight.map(({ column, target }) => (
                <td key={column.index} data-out={target ? undefined : true} title={cells[column.index]}>
                  {cells[column.index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where columns out of sight would be. */
function Space({ width }: { width: number }) {
  const style: CSSProperties = { width, minWidth: width, maxWidth: width, padding: 0 };
  return <td aria-hidden style={style} />;
}

const KINDS: FieldKind[] = ['text', 'number', 'date', 'choice', 'yes_no', 'link'];

interface ColumnHeadProps {
  one: MappedColumn;
  twice: boolean;
  misfit: Misfit | undefined;
  onChoose: Choose;
}

function ColumnHead({ one, twice, misfit, onChoose }: ColumnHeadProps) {
  const { t } = useTranslation('imports');
  const { data: fields } = useQuery(customFieldsQuery);
  const { index, header } = one.column;
  const own = (fields ?? []).map(({ key, label }) => ({ value: `custom:${key}`, label }));
  const field = one.field ?? suggestedField(one.column);
  const rename = (label: string): void =>
    onChoose(index, { target: NEW_FIELD, field: { ...field, label: label.replace(/\s*\n\s*/g, ' ') } });
  return (
    <>
      <Text size="xs" fw={600} mb={4} truncate title={header}>
        {header}
      </Text>
      <Select
        size="xs"
        searchable
        aria-label={t('wizard.target', { column: header })}
        error={twice ? t('wizard.twice') : undefined}
        data={[
          { value: '', label: t('target.none') },
          {
            group: t('target.standard'),
            items: STANDARD.map((code) => ({ value: code, label: t(`target.${code}`) })),
          },
          {
            group: t('target.consent'),
            items: CONSENT.map((code) => ({ value: code, label: t(`target.${code}`) })),
          },
          { group: t('target.own'), items: [...own, { value: NEW_FIELD, label: t('target.new') }] },
        ]}
        value={one.target}
        onChange={(target) =>
          onChoose(index, { target: target ?? '', ...(target === NEW_FIELD ? { field } : {}) })
        }
        comboboxProps={{ width: 240, position: 'bottom-start' }}
      />
      {one.column.numbers && DIALED.includes(one.target) && <Numbers kinds={one.column.numbers} />}
      {one.target === NEW_FIELD && (
        <Stack gap={4} mt={4}>
          {/* Over as many lines as it needs: a name that is read in part is given wrongly. */}
          <Textarea
            size="xs"
            autosize
            aria-label={t('wizard.newLabel')}
            placeholder={t('wizard.newLabel')}
            maxLength={120}
            value={field.label}
            onChange={(event) => rename(event.currentTarget.value)}
          />
          <Select
            size="xs"
            allowDeselect={false}
            aria-label={t('wizard.newKind')}
            data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
            value={field.kind}
            onChange={(kind) =>
              onChoose(index, { target: NEW_FIELD, field: { ...field, kind: kind as FieldKind } })
            }
          />
        </Stack>
      )}
      {misfit && <Refused misfit={misfit} />}
    </>
  );
}

/** How many of the first values the column's field would refuse, and what becomes of their rows. */
function Refused({ misfit }: { misfit: Misfit }) {
  const { t } = useTranslation('imports');
  const { kind, count, looked_at, example } = misfit;
  return (
    <Text
      size="xs"
      fw={400}
      mt={4}
      c="var(--state-fault-ink)"
      className={classes.misfit}
      role="status"
      data-testid={`misfit-${String(misfit.column)}`}
    >
      {t('misfits.said', { count, of: looked_at, example, what: t(`misfits.what.${kind}`, { count }) })}
    </Text>
  );
}

const NUMBERS = ['fixed', 'mobile', 'special', 'overseas', 'foreign', 'impossible', 'several'] as const;

/** What the first numbers of the column are. */
function Numbers({ kinds }: { kinds: NonNullable<MappedColumn['column']['numbers']> }) {
  const { t } = useTranslation('imports');
  return (
    <Text size="xs" c="dimmed" fw={400} mt={4} data-testid="number-kinds">
      {NUMBERS.filter((kind) => kinds[kind] > 0)
        .map((kind) => t(`numbers.${kind}`, { count: kinds[kind] }))
        .join(', ')}
    </Text>
  );
}
