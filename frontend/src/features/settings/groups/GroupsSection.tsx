/** Agents who are assigned to campaigns together. */
import { MultiSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { EmptyState } from '@/components/EmptyState';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { groupsQuery, usersQuery } from '@/lib/api/names';
import type { components } from '@/lib/api/schema';
import { fieldErrors, FormDrawer } from '../FormDrawer';
import { ListSection, TableArea, useSection } from '../ListSection';
import { useEdited } from '../useEdited';

type AgentGroup = components['schemas']['GroupOut'];

export function GroupsSection() {
  const { t } = useTranslation('settings');
  const groups = useQuery(groupsQuery);
  const { data: users } = useQuery(usersQuery);
  const names = useMemo(
    () => new Map((users?.items ?? []).map(({ id, display_name }) => [id, display_name])),
    [users],
  );
  const edited = useEdited<AgentGroup, Pick<AgentGroup, 'name' | 'member_ids'>>({
    keys: [['groups'], ['users']],
    empty: { name: '', member_ids: [] },
    draftOf: ({ name, member_ids }) => ({ name, member_ids }),
    create: (body) => unwrap(api.POST('/api/groups', { body })),
    update: ({ id }, body) =>
      unwrap(api.PATCH('/api/groups/{group_id}', { params: { path: { group_id: id } }, body })),
    remove: ({ id }) => unwrap(api.DELETE('/api/groups/{group_id}', { params: { path: { group_id: id } } })),
  });
  const columns = useMemo<DataColumn<AgentGroup>[]>(
    () => [
      {
        id: 'name',
        header: t('groups.name'),
        width: 'minmax(10rem, 1fr)',
        cell: (row) => <span style={{ fontWeight: 600 }}>{row.name}</span>,
      },
      {
        id: 'count',
        header: t('groups.count'),
        width: '6rem',
        align: 'right',
        cell: (row) => row.member_ids.length,
      },
      {
        id: 'members',
        header: t('groups.members'),
        width: 'minmax(16rem, 3fr)',
        cell: (row) => {
          const text = row.member_ids
            .map((id) => names.get(id))
            .filter(Boolean)
            .join(', ');
          return <span title={text}>{text}</span>;
        },
      },
    ],
    [t, names],
  );
  const active = (users?.items ?? []).filter(
    (user) => user.is_active || edited.draft.member_ids.includes(user.id),
  );
  return (
    <ListSection {...useSection('groups')} onAdd={() => edited.open('new')}>
      <TableArea>
        <DataTable
          id="groups"
          label={t('section.groups')}
          columns={columns}
          rows={groups.data?.items}
          rowId={(row) => String(row.id)}
          loading={groups.isPending}
          error={groups.error}
          onRetry={() => void groups.refetch()}
          onRowClick={edited.open}
          empty={<EmptyState title={t('groups.none')}>{t('groups.noneHelp')}</EmptyState>}
        />
      </TableArea>
      <FormDrawer
        opened={edited.row !== null}
        title={edited.isNew ? t('add.groups') : edited.draft.name}
        onClose={edited.close}
        onSubmit={edited.save}
        busy={edited.busy}
        error={edited.error}
        disabled={!edited.draft.name.trim()}
        extra={
          edited.isNew ? null : (
            <ConfirmInline
              color="red"
              variant="subtle"
              confirmLabel={t('common:actions.delete')}
              onConfirm={edited.remove}
            >
              {t('groups.delete')}
            </ConfirmInline>
          )
        }
      >
        <TextInput
          label={t('groups.name')}
          required
          maxLength={80}
          data-autofocus
          value={edited.draft.name}
          error={fieldErrors(edited.error)['name']}
          onChange={(event) => edited.set({ name: event.currentTarget.value })}
        />
        <MultiSelect
          label={t('groups.members')}
          searchable
          clearable
          data={active.map(({ id, display_name }) => ({ value: String(id), label: display_name }))}
          value={edited.draft.member_ids.map(String)}
          onChange={(ids) => edited.set({ member_ids: ids.map(Number) })}
        />
      </FormDrawer>
    </ListSection>
  );
}
