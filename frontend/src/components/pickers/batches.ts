/** Batches to choose from: the newest, or those found by what is typed; those chosen are named however old they are. */
import type { ComboboxParsedItem } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '@/lib/api/client';
import type { components } from '@/lib/api/schema';
import { formatDate } from '@/lib/format/time';

type Batch = components['schemas']['BatchChoice'];

const PAUSE_MS = 200;

const foundQuery = (q: string) =>
  queryOptions({
    queryKey: ['imports', 'choices', 'found', q],
    queryFn: () => unwrap(api.POST('/api/contact-filters/batches', { body: { q } })),
    placeholderData: keepPreviousData,
  });

/** Those of these ids that are there. */
export const batchesNamedQuery = (ids: readonly number[]) => {
  const sorted = [...new Set(ids)].toSorted((a, b) => a - b);
  return queryOptions({
    queryKey: ['imports', 'choices', 'named', sorted],
    queryFn: () => unwrap(api.POST('/api/contact-filters/batches', { body: { ids: sorted } })),
    enabled: sorted.length > 0,
  });
};

/** What a Select or a MultiSelect of batches needs; the server finds, and the day tells apart batches of one name. */
export function useBatchChoices(chosen: readonly string[]) {
  const { t } = useTranslation('forms');
  const [typed, setTyped] = useState('');
  const label = ({ name, contacts, created_at }: Batch): string =>
    t('batchLabel', { name, count: contacts, day: formatDate(created_at) });
  const named = useQuery({ ...batchesNamedQuery(chosen.map(Number)), placeholderData: keepPreviousData });
  const known = (named.data ?? []).filter(({ id }) => chosen.includes(String(id)));
  // A Select shows the one that is chosen where one types: that is no search.
  const words = known.some((one) => label(one) === typed) ? '' : typed.trim();
  const [settled] = useDebouncedValue(words, PAUSE_MS);
  const found = useQuery(foundQuery(settled)).data ?? [];
  const others = known.filter(({ id }) => found.every((one) => one.id !== id));
  const offered = new Set(found.map(({ id }) => String(id)));
  return {
    data: [...found, ...others].map((one) => ({ value: String(one.id), label: label(one) })),
    searchable: true as const,
    searchValue: typed,
    onSearchChange: setTyped,
    filter: ({ options }: { options: ComboboxParsedItem[] }) =>
      options.filter((one) => 'value' in one && offered.has(one.value)),
  };
}
