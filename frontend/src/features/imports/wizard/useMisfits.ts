/** Which of the first values the fields chosen for their columns would refuse; asked once choosing pauses. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import { customFieldsQuery } from '@/lib/api/names';
import type { DraftChoices, ImportDetail, Misfit } from '../types';
import { type MappedColumn, NEW_FIELD, typedColumns } from './mapping';

/** By column. */
export type Misfits = ReadonlyMap<number, Misfit>;

const PAUSE_MS = 250;

export function useMisfits(batch: ImportDetail, columns: readonly MappedColumn[]): Misfits {
  const { data: fields } = useQuery(customFieldsQuery);
  const asked = typedColumns(columns, fields ?? []);
  const [settled] = useDebouncedValue(JSON.stringify(asked), PAUSE_MS);
  const { id, encoding, separator, sheet, header_row } = batch;
  const { data } = useQuery({
    queryKey: ['imports', 'misfits', id, encoding, separator, sheet, header_row, settled],
    queryFn: () =>
      unwrap(
        api.POST('/api/imports/{batch_id}/misfits', {
          params: { path: { batch_id: id } },
          body: { columns: JSON.parse(settled) as DraftChoices['columns'] },
        }),
      ),
    enabled: settled !== '[]',
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  const kinds = new Map(
    asked.map(({ column, target, kind }) => [column, target === NEW_FIELD ? kind : target]),
  );
  // What was found of a field that was chosen before is true of that one only.
  const current = (data ?? []).filter(
    ({ column, target, kind }) => kinds.get(column) === (target === NEW_FIELD ? kind : target),
  );
  return new Map(current.map((one) => [one.column, one]));
}
