/** Agents or campaigns, one a line, with their key figures. */
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/i18n';
import { EmptyState } from '@/components/EmptyState';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { Figure } from './Figure';
import { SHOWN } from './figures';
import type { Definition, KpiKey, Kpis, Line, View } from './types';

interface FiguresTableProps {
  view: View;
  lines: Line[] | undefined;
  total: Kpis | undefined;
  definitions: Definition[];
  behind: Record<string, string>;
  sort: string | undefined;
  onSort: (sort: string) => void;
  loading: boolean;
  error: unknown;
  onRetry: () => void;
  tools: ReactNode;
}

const TOTAL = 'total';

/** Counts are narrow; rates have long names. */
function widthOf({ key, unit }: Definition): string {
  if (unit === 'ratio' || key === 'pitched') return '7rem';
  return unit === 'count' ? '5.25rem' : '5rem';
}

function sorted(lines: Line[], sort: string | undefined): Line[] {
  if (!sort) return lines;
  const descending = sort.startsWith('-');
  const key = sort.replace('-', '') as KpiKey | 'name';
  const value = (line: Line): string | number =>
    key === 'name' ? line.name.toLowerCase() : (line.kpis[key] ?? -1);
  const order = (a: Line, b: Line): number => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0);
  return [...lines].sort((a, b) => (descending ? -order(a, b) : order(a, b)));
}

export function FiguresTable({
  view,
  lines,
  total,
  definitions,
  behind,
  sort,
  onSort,
  loading,
  error,
  onRetry,
  tools,
}: FiguresTableProps) {
  const { t } = useTranslation('statistics');
  const rows = useMemo(() => {
    if (!lines) return undefined;
    const all: Line[] =
      total && lines.length > 1
        ? [{ id: TOTAL, name: t('total'), kpis: total, times: lines[0]?.times as Line['times'], search: {} }]
        : [];
    return [...all, ...sorted(lines, sort)];
  }, [lines, total, sort, t]);
  const columns = useMemo<DataColumn<Line>[]>(() => {
    const language = currentLanguage();
    const ordered = [...SHOWN, ...definitions.map(({ key }) => key).filter((key) => !SHOWN.includes(key))];
    return [
      {
        id: 'name',
        header: t(`one.${view}`),
        sort: 'name',
        width: 'minmax(9.5rem, 1.5fr)',
        cell: (line) => (
          <span title={line.name} style={{ fontWeight: line.id === TOTAL ? 700 : 500 }}>
            {line.name}
          </span>
        ),
      },
      ...ordered.flatMap((key): DataColumn<Line>[] => {
        const definition = definitions.find((one) => one.key === key);
        if (!definition) return [];
        return [
          {
            id: key,
            header: definition.label[language] ?? key,
            help: definition.formula[language],
            align: 'right',
            width: widthOf(definition),
            sort: key,
            hidden: !SHOWN.includes(key),
            cell: (line) => (
              <Figure definition={definition} kpis={line.kpis} search={{ ...behind, ...line.search }} />
            ),
          },
        ];
      }),
    ];
  }, [t, view, definitions, behind]);
  return (
    <DataTable
      id={`statistics-${view}`}
      label={t(`view.${view}`)}
      columns={columns}
      rows={rows}
      rowId={(line) => line.id}
      sort={sort}
      onSort={onSort}
      loading={loading}
      error={error}
      onRetry={onRetry}
      tools={tools}
      empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>}
    />
  );
}
