/** Numbers that the company holds and may show to those it calls. */
import { Alert, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { EmptyState } from '@/components/EmptyState';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { campaignsQuery, presentedNumbersQuery } from '@/lib/api/names';
import type { components } from '@/lib/api/schema';
import { formatPhone } from '@/lib/format/phone';
import { fieldErrors, FormDrawer } from '../FormDrawer';
import { ListSection, TableArea, useSection } from '../ListSection';
import { useEdited } from '../useEdited';

type Row = components['schemas']['PresentedNumberOut'];
interface Draft {
  number: string;
  label: string;
  active: boolean;
}

export function NumbersSection() {
  const { t } = useTranslation('settings');
  const numbers = useQuery(presentedNumbersQuery);
  const { data: campaigns } = useQuery(campaignsQuery);
  const names = useMemo(
    () => new Map((campaigns?.items ?? []).map(({ id, name }) => [id, name])),
    [campaigns],
  );
  const edited = useEdited<Row, Draft>({
    keys: [['presented-numbers'], ['campaigns']],
    empty: { number: '', label: '', active: true },
    draftOf: ({ e164, label, active }) => ({ number: formatPhone(e164), label, active }),
    create: (body) => unwrap(api.POST('/api/presented-numbers', { body })),
    update: ({ id }, { label, active }) =>
      unwrap(
        api.PATCH('/api/presented-numbers/{number_id}', {
          params: { path: { number_id: id } },
          body: { label, active },
        }),
      ),
    remove: ({ id }) =>
      unwrap(api.DELETE('/api/presented-numbers/{number_id}', { params: { path: { number_id: id } } })),
  });
  const columns = useMemo<DataColumn<Row>[]>(
    () => [
      {
        id: 'e164',
        header: t('numbers.number'),
        width: '10rem',
        cell: (row) => (
          <span className="tabular" style={{ fontWeight: 600 }}>
            {formatPhone(row.e164)}
          </span>
        ),
      },
      { id: 'label', header: t('numbers.label'), width: 'minmax(9rem, 1fr)', cell: (row) => row.label },
      {
        id: 'active',
        header: t('numbers.active'),
        width: '7rem',
        cell: (row) => t(row.active ? 'common:actions.yes' : 'common:actions.no'),
      },
      {
        id: 'campaigns',
        header: t('numbers.campaigns'),
        width: 'minmax(12rem, 2fr)',
        cell: (row) => {
          const text = row.campaign_ids
            .map((id) => names.get(id))
            .filter(Boolean)
            .join(', ');
          return text ? (
            <span title={text}>{text}</span>
          ) : (
            <Text span size="sm" c="dimmed">
              {t('numbers.unused')}
            </Text>
          );
        },
      },
    ],
    [t, names],
  );
  const { draft } = edited;
  return (
    <ListSection {...useSection('numbers')} onAdd={() => edited.open('new')}>
      <TableArea>
        <DataTable
          id="numbers"
          label={t('section.numbers')}
          columns={columns}
          rows={numbers.data?.items}
          rowId={(row) => String(row.id)}
          loading={numbers.isPending}
          error={numbers.error}
          onRetry={() => void numbers.refetch()}
          onRowClick={edited.open}
          empty={<EmptyState title={t('numbers.none')}>{t('numbers.noneHelp')}</EmptyState>}
        />
      </TableArea>
      <FormDrawer
        opened={edited.row !== null}
        title={edited.isNew ? t('add.numbers') : draft.number}
        onClose={edited.close}
        onSubmit={edited.save}
        busy={edited.busy}
        error={edited.error}
        disabled={!draft.number.trim()}
        extra={
          edited.isNew ? null : (
            <ConfirmInline
              color="red"
              variant="subtle"
              confirmLabel={t('common:actions.delete')}
              onConfirm={edited.remove}
            >
              {t('numbers.delete')}
            </ConfirmInline>
          )
        }
      >
        {edited.isNew && <Alert py="xs">{t('numbers.law')}</Alert>}
        <TextInput
          type="tel"
          label={t('numbers.number')}
          required
          disabled={!edited.isNew}
          data-autofocus
          value={draft.number}
          error={fieldErrors(edited.error)['number']}
          onChange={(event) => edited.set({ number: event.currentTarget.value })}
        />
        <TextInput
          label={t('numbers.label')}
          description={t('numbers.labelHelp')}
          maxLength={80}
          value={draft.label}
          onChange={(event) => edited.set({ label: event.currentTarget.value })}
        />
        <Switch
          label={t('numbers.active')}
          checked={draft.active}
          onChange={(event) => edited.set({ active: event.currentTarget.checked })}
        />
      </FormDrawer>
    </ListSection>
  );
}
