/** Companies for which campaigns call: added, renamed, deleted where nothing belongs to them. */
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { EmptyState } from '@/components/EmptyState';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { principalsQuery } from '@/lib/api/names';
import type { components } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { formatNumber } from '@/lib/format/number';
import { formatSiren } from '@/lib/format/siren';
import { fieldErrors, FormDrawer } from '../FormDrawer';
import { ListSection, TableArea } from '../ListSection';
import { useEdited } from '../useEdited';

type Principal = components['schemas']['PrincipalOut'];

export function PrincipalsSection() {
  const { t } = useTranslation('consents');
  const me = useMe();
  const principals = useQuery(principalsQuery);
  const edited = useEdited<Principal, { name: string; siren: string }>({
    keys: [principalsQuery.queryKey],
    empty: { name: '', siren: '' },
    draftOf: ({ name, siren }) => ({ name, siren }),
    create: (body) => unwrap(api.POST('/api/principals', { body })),
    update: ({ id }, { name }) =>
      unwrap(
        api.PATCH('/api/principals/{principal_id}', {
          params: { path: { principal_id: id } },
          body: { name },
        }),
      ),
    remove: ({ id }) =>
      unwrap(api.DELETE('/api/principals/{principal_id}', { params: { path: { principal_id: id } } })),
  });
  const columns = useMemo<DataColumn<Principal>[]>(
    () => [
      {
        id: 'name',
        header: t('principal.name'),
        width: 'minmax(12rem, 2fr)',
        cell: (row) => row.name,
      },
      { id: 'siren', header: t('principal.siren'), width: '10rem', cell: (row) => formatSiren(row.siren) },
      {
        id: 'campaigns',
        header: t('principal.campaigns'),
        width: '8rem',
        align: 'right',
        cell: (row) => formatNumber(row.campaigns),
      },
      {
        id: 'proofs',
        header: t('principal.proofs'),
        width: '8rem',
        align: 'right',
        cell: (row) => formatNumber(row.proofs),
      },
    ],
    [t],
  );
  const { draft, row } = edited;
  const isFree = row !== null && row !== 'new' && row.campaigns === 0 && row.proofs === 0;
  return (
    <ListSection
      title={t('principal.title')}
      help={t('principal.help')}
      add={t('principal.add')}
      onAdd={() => edited.open('new')}
    >
      <TableArea>
        <DataTable
          id="principals"
          label={t('principal.title')}
          columns={columns}
          rows={principals.data?.items}
          rowId={({ id }) => String(id)}
          loading={principals.isPending}
          error={principals.error}
          onRetry={() => void principals.refetch()}
          onRowClick={edited.open}
          empty={<EmptyState title={t('principal.none')}>{t('principal.noneHelp')}</EmptyState>}
        />
      </TableArea>
      <FormDrawer
        opened={row !== null}
        title={edited.isNew ? t('principal.add') : draft.name}
        onClose={edited.close}
        onSubmit={edited.save}
        busy={edited.busy}
        error={edited.error}
        disabled={!draft.name.trim() || !draft.siren.trim()}
        extra={
          isFree && me.permissions.includes('manage_settings') ? (
            <ConfirmInline
              color="red"
              variant="subtle"
              confirmLabel={t('principal.deleteConfirm')}
              onConfirm={edited.remove}
            >
              {t('common:actions.delete')}
            </ConfirmInline>
          ) : null
        }
      >
        <TextInput
          label={t('principal.name')}
          required
          maxLength={160}
          data-autofocus
          value={draft.name}
          error={fieldErrors(edited.error)['name']}
          onChange={(event) => edited.set({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('principal.siren')}
          description={edited.isNew ? t('principal.sirenHelp') : t('principal.sirenStays')}
          required
          inputMode="numeric"
          maxLength={14}
          readOnly={!edited.isNew}
          value={edited.isNew ? draft.siren : formatSiren(draft.siren)}
          error={fieldErrors(edited.error)['siren']}
          onChange={(event) => edited.set({ siren: event.currentTarget.value })}
        />
      </FormDrawer>
    </ListSection>
  );
}
