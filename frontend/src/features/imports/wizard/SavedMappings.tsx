/** Mappings kept under a name: one is applied to the file's columns, renamed, or deleted. All managers share them. */
import { Button, Group, Popover, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { ErrorMessage } from '@/components/ErrorMessage';
import { api, unwrap } from '@/lib/api/client';
import { savedMappingsQuery } from '../queries';
import type { FileColumn, SavedMapping } from '../types';
import { foundIn } from './mapping';

interface SavedMappingsProps {
  columns: readonly FileColumn[];
  onApply: (mapping: SavedMapping) => void;
}

export function SavedMappings({ columns, onApply }: SavedMappingsProps) {
  const { t } = useTranslation('imports');
  const [opened, setOpened] = useState(false);
  const { data, error } = useQuery(savedMappingsQuery);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={480} trapFocus withinPortal>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          onClick={() => setOpened(!opened)}
          data-testid="saved-mappings"
        >
          {t('mappings.open', { number: data?.length ?? 0 })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('mappings.title')}>
        {error && <ErrorMessage error={error} />}
        {data?.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('mappings.none')}
          </Text>
        )}
        <ScrollArea.Autosize mah={320}>
          <Stack gap="xs">
            {data?.map((mapping) => (
              <Saved
                key={mapping.id}
                mapping={mapping}
                found={foundIn(columns, mapping)}
                onApply={() => {
                  onApply(mapping);
                  setOpened(false);
                }}
              />
            ))}
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}

interface SavedProps {
  mapping: SavedMapping;
  found: number;
  onApply: () => void;
}

function Saved({ mapping, found, onApply }: SavedProps) {
  const { t } = useTranslation('imports');
  const client = useQueryClient();
  const [name, setName] = useState<string | null>(null);
  const path = { mapping_id: mapping.id };
  const done = (): Promise<void> => {
    setName(null);
    return client.invalidateQueries({ queryKey: savedMappingsQuery.queryKey });
  };
  const rename = useMutation({
    mutationFn: (to: string) =>
      unwrap(api.PATCH('/api/import-mappings/{mapping_id}', { params: { path }, body: { name: to } })),
    onSuccess: done,
  });
  const remove = useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/import-mappings/{mapping_id}', { params: { path } })),
    onSuccess: done,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name?.trim()) rename.mutate(name);
  };
  const error = rename.error ?? remove.error;
  return (
    <div role="group" aria-label={mapping.name}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        {name === null ? (
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={600} truncate title={mapping.name}>
              {mapping.name}
            </Text>
            <Text size="xs" c="dimmed">
              {t('mappings.found', { found, total: mapping.targets.length })}
            </Text>
          </div>
        ) : (
          <form onSubmit={submit} style={{ flex: 1 }}>
            <TextInput
              size="xs"
              data-autofocus
              aria-label={t('mappings.name')}
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              onBlur={() => !rename.isPending && setName(null)}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return;
                event.stopPropagation();
                setName(null);
              }}
            />
          </form>
        )}
        <Group gap={4} wrap="nowrap">
          <Button size="compact-xs" disabled={found === 0} onClick={onApply}>
            {t('mappings.apply')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => setName(mapping.name)}>
            {t('mappings.rename')}
          </Button>
          <ConfirmInline
            size="compact-xs"
            confirmLabel={t('mappings.deleteConfirm')}
            onConfirm={() => remove.mutate()}
          >
            {t('mappings.delete')}
          </ConfirmInline>
        </Group>
      </Group>
      {error && <ErrorMessage error={error} />}
    </div>
  );
}
