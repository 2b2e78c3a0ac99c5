/** Who may sign in, and as what. */
import { Checkbox, Select, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchInput } from '@/components/pickers/SearchInput';
import { Tag } from '@/components/Tag';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { given } from '@/lib/api/given';
import { acknowledgmentsQuery } from '@/lib/api/listening';
import { groupsQuery } from '@/lib/api/names';
import { formatDate, formatDateTime } from '@/lib/format/time';
import { useTextFilter } from '@/lib/text-filter';
import { useUrlState } from '@/lib/url-state';
import { ListSection, TableArea, useSection } from '../ListSection';
import { NewPassword, type Shown } from './NewPassword';
import { ROLES, type User } from './types';
import { UserDrawer } from './UserDrawer';

export function UsersSection() {
  const { t } = useTranslation('settings');
  const [search, change] = useUrlState<'role' | 'disabled'>();
  const [q, setQ] = useTextFilter('users');
  const [edited, setEdited] = useState<User | 'new' | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const query = {
    ...given({ q, role: search.role as User['role'] | undefined }),
    ...(search.disabled === '1' ? {} : { is_active: true }),
  };
  const users = useQuery({
    queryKey: ['users', 'list', query],
    queryFn: () => unwrap(api.GET('/api/users', { params: { query } })),
    placeholderData: keepPreviousData,
  });
  return (
    <ListSection {...useSection('users')} onAdd={() => setEdited('new')}>
      <TableArea>
        <DataTable
          id="users"
          label={t('section.users')}
          columns={useColumns()}
          rows={users.data?.items}
          rowId={(row) => String(row.id)}
          total={users.data?.items.length}
          loading={users.isPending}
          error={users.error}
          onRetry={() => void users.refetch()}
          onRowClick={setEdited}
          tools={
            <>
              <SearchInput size="xs" w={220} value={q} onChange={setQ} />
              <Select
                size="xs"
                w={170}
                clearable
                placeholder={t('users.anyRole')}
                aria-label={t('users.role')}
                data={ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
                value={search.role ?? null}
                onChange={(role) => change({ role: role ?? undefined })}
              />
              <Checkbox
                size="xs"
                label={t('users.showDisabled')}
                checked={search.disabled === '1'}
                onChange={(event) => change({ disabled: event.currentTarget.checked ? '1' : undefined })}
              />
            </>
          }
          empty={<Text c="dimmed">{t('common:table.emptyFiltered')}</Text>}
        />
      </TableArea>
      <UserDrawer
        key={edited === null ? 'none' : edited === 'new' ? 'new' : edited.id}
        user={edited}
        onClose={() => setEdited(null)}
        onPassword={setShown}
      />
      <NewPassword shown={shown} onClose={() => setShown(null)} />
    </ListSection>
  );
}

function useColumns(): DataColumn<User>[] {
  const { t } = useTranslation('settings');
  const { data: groups } = useQuery(groupsQuery);
  const { data: acknowledgments } = useQuery(acknowledgmentsQuery);
  return useMemo(() => {
    const names = new Map((groups?.items ?? []).map(({ id, name }) => [id, name]));
    const read = new Map((acknowledgments ?? []).map((one) => [one.user_id, one]));
    return [
      {
        id: 'name',
        header: t('users.name'),
        width: 'minmax(9rem, 1.4fr)',
        cell: (row) => <span style={{ fontWeight: 600 }}>{row.display_name}</span>,
      },
      {
        id: 'username',
        header: t('users.username'),
        width: 'minmax(7rem, 1fr)',
        cell: (row) => row.username,
      },
      { id: 'role', header: t('users.role'), width: '8rem', cell: (row) => t(`common:role.${row.role}`) },
      {
        id: 'groups',
        header: t('users.groups'),
        width: 'minmax(7rem, 1.2fr)',
        cell: (row) =>
          row.group_ids
            .map((id) => names.get(id))
            .filter(Boolean)
            .join(', '),
      },
      { id: 'state', header: t('users.state'), width: '7.5rem', cell: (row) => <State user={row} /> },
      {
        id: 'last_login',
        header: t('users.lastLogin'),
        width: '9.25rem',
        cell: (row) => formatDateTime(row.last_login),
      },
      {
        id: 'listening',
        header: t('users.listening.column'),
        width: '9.5rem',
        cell: (row) => {
          const last = read.get(row.id);
          if (!last?.current)
            return <Text size="sm">{t(`users.listening.${last ? 'former' : 'never'}`)}</Text>;
          return t('users.listening.current', { at: formatDate(last.at) });
        },
      },
      {
        id: 'email',
        header: t('users.email'),
        width: 'minmax(9rem, 1fr)',
        hidden: true,
        cell: (row) => row.email,
      },
      {
        id: 'created_at',
        header: t('users.createdAt'),
        width: '10rem',
        hidden: true,
        cell: (row) => formatDateTime(row.created_at),
      },
    ];
  }, [t, groups, acknowledgments]);
}

function State({ user }: { user: User }) {
  const { t } = useTranslation('settings');
  const code = !user.is_active ? 'disabled' : user.must_change_password ? 'temporary' : 'active';
  const color = ({ disabled: 'offline', temporary: 'wrap_up', active: 'ready' } as const)[code];
  return <Tag color={color}>{t(`users.is.${code}`)}</Tag>;
}
