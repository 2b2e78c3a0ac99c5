/** Searches kept by name: apply, keep, rename, share, delete. */
import {
  ActionIcon,
  Button,
  Group,
  Popover,
  ScrollArea,
  Select,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
import { IconBookmark, IconPencil, IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { ErrorMessage } from '@/components/ErrorMessage';
import { api, unwrap } from '@/lib/api/client';
import { errorFromThrown } from '@/lib/api/error';
import { groupsQuery } from '@/lib/api/names';
import type { components } from '@/lib/api/schema';
import classes from './SavedSearches.module.css';
import { savedSearchesQuery } from './queries';
import type { Filter } from '@/components/filter/tree';

export type SavedSearch = components['schemas']['SavedSearchOut'];

interface SavedSearchesProps {
  /** What is asked now; null: nothing to keep. */
  filter: Filter | null;
  current: SavedSearch | undefined;
  onApply: (search: SavedSearch | undefined) => void;
}

export function SavedSearches({ filter, current, onApply }: SavedSearchesProps) {
  const { t } = useTranslation('search');
  const [open, setOpen] = useState(false);
  const [edited, setEdited] = useState<SavedSearch | 'new' | null>(null);
  const { data, error } = useQuery(savedSearchesQuery);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" width={380} shadow="md" trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconBookmark size={14} aria-hidden />}
          onClick={() => {
            setEdited(null);
            setOpen(!open);
          }}
          data-testid="saved-searches"
          style={{ flex: 'none' }}
          maw="16rem"
          title={current?.name}
        >
          {current ? current.name : t('saved.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {error ? <ErrorMessage error={error} /> : null}
        {edited ? (
          <Editor
            search={edited}
            filter={filter}
            onDone={(search) => {
              setEdited(null);
              if (search === null && edited !== 'new' && edited.id === current?.id) onApply(undefined);
              if (search && edited === 'new') onApply(search);
            }}
          />
        ) : (
          <Stack gap="xs">
            <ScrollArea.Autosize mah={300} scrollbars="y" styles={{ content: { minWidth: 0 } }}>
              {data?.length === 0 && (
                <Text size="sm" c="dimmed">
                  {t('saved.none')}
                </Text>
              )}
              {data?.map((one) => (
                <Group key={one.id} gap={4} wrap="nowrap" justify="space-between">
                  <UnstyledButton
                    className={classes.entry}
                    data-current={one.id === current?.id || undefined}
                    onClick={() => {
                      onApply(one);
                      setOpen(false);
                    }}
                  >
                    <Text size="sm" className={classes.name}>
                      {one.name}
                    </Text>
                    <Text size="xs" c="dimmed" truncate>
                      {one.shared !== 'nobody' && <IconUsers size={11} aria-hidden />} {whose(one, t)}
                    </Text>
                  </UnstyledButton>
                  {one.mine && (
                    <ActionIcon
                      color="gray"
                      aria-label={t('saved.edit', { name: one.name })}
                      onClick={() => setEdited(one)}
                    >
                      <IconPencil size={14} aria-hidden />
                    </ActionIcon>
                  )}
                </Group>
              ))}
            </ScrollArea.Autosize>
            <Button size="xs" disabled={!filter} onClick={() => setEdited('new')} data-testid="save-search">
              {t('saved.keep')}
            </Button>
            {!filter && (
              <Text size="xs" c="dimmed">
                {t('saved.keepHelp')}
              </Text>
            )}
          </Stack>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function whose(one: SavedSearch, t: TFunction<'search'>): string {
  if (one.shared === 'team') return t('saved.ofTeam', { owner: one.owner.name });
  if (one.shared === 'group')
    return t('saved.ofGroup', { owner: one.owner.name, group: one.group?.name ?? '' });
  return one.owner.name;
}

interface EditorProps {
  search: SavedSearch | 'new';
  filter: Filter | null;
  /** Null: deleted; undefined: left as it was. */
  onDone: (search: SavedSearch | null | undefined) => void;
}

function Editor({ search, filter, onDone }: EditorProps) {
  const { t } = useTranslation('search');
  const client = useQueryClient();
  const old = search === 'new' ? undefined : search;
  const [name, setName] = useState(old?.name ?? '');
  const [shared, setShared] = useState<SavedSearch['shared']>(old?.shared ?? 'nobody');
  const [group, setGroup] = useState(old?.group ? String(old.group.id) : null);
  const { data: groups } = useQuery(groupsQuery);
  const body = { name, shared, group_id: shared === 'group' && group ? Number(group) : null };
  const done = async (result: SavedSearch | null): Promise<void> => {
    await client.invalidateQueries({ queryKey: savedSearchesQuery.queryKey });
    onDone(result);
  };
  const path = { search_id: old?.id ?? 0 };
  const save = useMutation({
    mutationFn: (withFilter: boolean) =>
      old
        ? unwrap(
            api.PATCH('/api/saved-searches/{search_id}', {
              params: { path },
              body: { ...body, ...(withFilter && filter ? { filter } : {}) },
            }),
          )
        : unwrap(api.POST('/api/saved-searches', { body: { ...body, filter: filter ?? { all: [] } } })),
    onSuccess: done,
  });
  const remove = useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/saved-searches/{search_id}', { params: { path } })),
    onSuccess: () => done(null),
  });
  const fields = save.error ? errorFromThrown(save.error).fields : {};
  return (
    <Stack
      gap="sm"
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(false);
      }}
    >
      <TextInput
        label={t('saved.name')}
        value={name}
        maxLength={80}
        data-autofocus
        error={fields.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t('saved.shared')}
        data={(['nobody', 'team', 'group'] as const).map((value) => ({
          value,
          label: t(`saved.sharedWith.${value}`),
        }))}
        value={shared}
        onChange={(value) => setShared((value ?? 'nobody') as SavedSearch['shared'])}
        comboboxProps={{ withinPortal: false }}
      />
      {shared === 'group' && (
        <Select
          label={t('saved.group')}
          data={(groups?.items ?? []).map(({ id, name: label }) => ({ value: String(id), label }))}
          value={group}
          onChange={setGroup}
          error={fields.group_id}
          comboboxProps={{ withinPortal: false }}
        />
      )}
      {save.error && Object.keys(fields).length === 0 ? <ErrorMessage error={save.error} /> : null}
      {remove.error ? <ErrorMessage error={remove.error} /> : null}
      <Group gap="xs">
        <Button type="submit" size="xs" loading={save.isPending} disabled={!name.trim()}>
          {t('saved.save')}
        </Button>
        {old && filter && (
          <Button size="xs" variant="default" onClick={() => save.mutate(true)}>
            {t('saved.replace')}
          </Button>
        )}
        <Button size="xs" variant="subtle" color="gray" onClick={() => onDone(undefined)}>
          {t('common:actions.cancel')}
        </Button>
      </Group>
      {old && (
        <ConfirmInline size="xs" confirmLabel={t('saved.deleteConfirm')} onConfirm={() => remove.mutate()}>
          {t('saved.delete')}
        </ConfirmInline>
      )}
    </Stack>
  );
}
