/** Mappings kept under a name: one is applied to the file's columns, renamed, or deleted. All managers share them. */
import { Button, Group, Popover, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
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
  const dropdown = useRef<HTMLDivElement>(null);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={540}
      trapFocus
      returnFocus
      withinPortal
      shadow="md"
      closeOnEscape={false}
    >
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
      {/* By itself it would close before what is open within it hears of the key. */}
      <Popover.Dropdown
        ref={dropdown}
        aria-label={t('mappings.title')}
        onKeyDown={({ key }) => key === 'Escape' && setOpened(false)}
      >
        {error && <ErrorMessage error={error} />}
        {data?.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('mappings.none')}
          </Text>
        )}
        <ScrollArea.Autosize mah={320} scrollbars="y" styles={{ content: { minWidth: 0 } }}>
          <Stack gap="md">
            {data?.map((mapping) => (
              <Saved
                key={mapping.id}
                mapping={mapping}
                found={foundIn(columns, mapping)}
                onGone={() => dropdown.current?.focus()}
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

const focus = (node: HTMLInputElement | null): void => node?.focus();

interface SavedProps {
  mapping: SavedMapping;
  found: number;
  onApply: () => void;
  /** Deleted: what had the focus is not there any more. */
  onGone: () => void;
}

function Saved({ mapping, found, onApply, onGone }: SavedProps) {
  const { t } = useTranslation('imports');
  const client = useQueryClient();
  const [name, setName] = useState<string | null>(null);
  const path = { mapping_id: mapping.id };
  const wasNaming = useRef(false);
  const close = (): void => {
    wasNaming.current = true;
    rename.reset();
    setName(null);
  };
  const done = (): Promise<void> => client.invalidateQueries({ queryKey: savedMappingsQuery.queryKey });
  const rename = useMutation({
    mutationFn: (to: string) =>
      unwrap(api.PATCH('/api/import-mappings/{mapping_id}', { params: { path }, body: { name: to } })),
    onSuccess: () => {
      close();
      return done();
    },
  });
  const remove = useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/import-mappings/{mapping_id}', { params: { path } })),
    onSuccess: async () => {
      await done();
      onGone();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name?.trim() && !rename.isPending) rename.mutate(name);
  };
  const error = rename.error ?? remove.error;
  return (
    <div role="group" aria-label={mapping.name}>
      {name === null ? (
        <>
          <Text size="sm" fw={600} lineClamp={2} title={mapping.name}>
            {mapping.name}
          </Text>
          <Group justify="space-between" wrap="nowrap" gap="xs">
            <Text size="xs" c="dimmed">
              {t('mappings.found', { found, total: mapping.targets.length })}
            </Text>
            <Group gap={4} wrap="nowrap">
              <Button size="compact-xs" disabled={found === 0} onClick={onApply}>
                {t('mappings.apply')}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                ref={(node: HTMLButtonElement | null) => {
                  if (node && wasNaming.current) node.focus();
                  wasNaming.current = false;
                }}
                onClick={() => setName(mapping.name)}
              >
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
        </>
      ) : (
        <Group component="form" onSubmit={submit} gap={4} wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            ref={focus}
            aria-label={t('mappings.name')}
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.stopPropagation();
              close();
            }}
          />
          <Button size="compact-xs" type="submit" disabled={!name.trim()} loading={rename.isPending}>
            {t('common:actions.save')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={close}>
            {t('common:actions.cancel')}
          </Button>
        </Group>
      )}
      {error && <ErrorMessage error={error} />}
    </div>
  );
}
