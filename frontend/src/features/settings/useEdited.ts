/** Which row of a list is in the drawer (`new`: one that does not exist yet), its draft, and the requests that keep or remove it. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

interface Editing<Row, Draft> {
  /** Query keys that change with it. */
  keys: readonly (readonly unknown[])[];
  empty: Draft;
  draftOf: (row: Row) => Draft;
  create: (draft: Draft) => Promise<unknown>;
  update: (row: Row, draft: Draft) => Promise<unknown>;
  remove?: (row: Row) => Promise<unknown>;
}

export function useEdited<Row, Draft>(how: Editing<Row, Draft>) {
  const client = useQueryClient();
  const [row, setRow] = useState<Row | 'new' | null>(null);
  const [draft, setDraft] = useState(how.empty);
  const refresh = (): void => {
    for (const queryKey of how.keys) void client.invalidateQueries({ queryKey: [...queryKey] });
  };
  const close = (): void => setRow(null);
  const done = (): void => {
    refresh();
    close();
  };
  const save = useMutation<unknown>({
    mutationFn: () => (row === 'new' || row === null ? how.create(draft) : how.update(row, draft)),
    onSuccess: done,
  });
  const remove = useMutation<unknown>({
    mutationFn: async () => (row && row !== 'new' ? how.remove?.(row) : undefined),
    onSuccess: done,
  });
  const open = (next: Row | 'new'): void => {
    save.reset();
    remove.reset();
    setDraft(next === 'new' ? how.empty : how.draftOf(next));
    setRow(next);
  };
  return {
    row,
    isNew: row === 'new',
    draft,
    set: (change: Partial<Draft>): void => setDraft((all) => ({ ...all, ...change })),
    open,
    close,
    refresh,
    save: () => save.mutate(),
    remove: () => remove.mutate(),
    busy: save.isPending || remove.isPending,
    error: save.error ?? remove.error,
  };
}
