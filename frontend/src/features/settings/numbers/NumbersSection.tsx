/** Numbers that the company holds and may show to those it calls. */
import { Alert, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { EmptyState } from '@/components/EmptyState';
import { DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { campaignsQuery, presentedNumbersQuery, principalsQuery } from '@/lib/api/names';
import { formatPhone } from '@/lib/format/phone';
import { fieldErrors, FormDrawer } from '../FormDrawer';
import { ListSection, TableArea, useSection } from '../ListSection';
import { useEdited } from '../useEdited';
import { useNumberColumns } from './columns';
import { healthQuery, type PresentedNumber, useRest } from './health';
import { HealthPanel } from './HealthPanel';
import { ReturnFields } from './ReturnFields';

type Row = PresentedNumber;
interface Draft {
  number: string;
  label: string;
  active: boolean;
  principal_id: number | null;
  daily_limit: number | null;
  return_to: Row['return_to'];
  return_campaign_id: number | null;
  return_wait_s: number;
}

const EMPTY: Draft = {
  number: '',
  label: '',
  active: true,
  principal_id: null,
  daily_limit: null,
  return_to: 'caller',
  return_campaign_id: null,
  return_wait_s: 30,
};

export function NumbersSection() {
  const { t } = useTranslation('settings');
  const numbers = useQuery(presentedNumbersQuery);
  const { data: campaigns } = useQuery(campaignsQuery);
  const { data: principals } = useQuery(principalsQuery);
  const names = useMemo(
    () => new Map((campaigns?.items ?? []).map(({ id, name }) => [id, name])),
    [campaigns],
  );
  const edited = useEdited<Row, Draft>({
    keys: [['presented-numbers'], ['campaigns']],
    empty: EMPTY,
    draftOf: (row) => ({ ...settingsOf(row), number: formatPhone(row.e164) }),
    create: (draft) =>
      unwrap(api.POST('/api/presented-numbers', { body: { number: draft.number, ...settingsOf(draft) } })),
    update: ({ id }, draft) =>
      unwrap(
        api.PATCH('/api/presented-numbers/{number_id}', {
          params: { path: { number_id: id } },
          body: settingsOf(draft),
        }),
      ),
    remove: ({ id }) =>
      unwrap(api.DELETE('/api/presented-numbers/{number_id}', { params: { path: { number_id: id } } })),
  });
  const health = useQuery(healthQuery);
  const known = useMemo(() => new Map((health.data ?? []).map((one) => [one.number_id, one])), [health.data]);
  const { mutate: rest } = useRest();
  const onRest = useCallback(({ id, active }: Row) => rest({ id, active: !active }), [rest]);
  const columns = useNumberColumns({ campaigns: names, health: known, onRest });
  const { draft } = edited;
  return (
    <ListSection {...useSection('numbers')} onAdd={() => edited.open('new')}>
      <TableArea>
        <DataTable
          id="numbers"
          label={t('section.numbers')}
          columns={columns}
          rowHeight={52}
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
        {edited.row && edited.row !== 'new' && (
          <HealthPanel number={edited.row} health={known.get(edited.row.id)} onDone={edited.close} />
        )}
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
        <Select
          label={t('numbers.owner')}
          description={t('numbers.ownerHelp')}
          placeholder={t('numbers.noOwner')}
          searchable
          clearable
          data={(principals?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
          value={draft.principal_id === null ? null : String(draft.principal_id)}
          error={fieldErrors(edited.error)['principal_id']}
          onChange={(id) => edited.set({ principal_id: id === null ? null : Number(id) })}
        />
        <NumberInput
          label={t('numbers.limit')}
          description={t('numbers.limitHelp')}
          min={1}
          max={100_000}
          allowDecimal={false}
          value={draft.daily_limit ?? ''}
          onChange={(value) => edited.set({ daily_limit: value === '' ? null : Number(value) })}
        />
        <ReturnFields
          draft={draft}
          set={edited.set}
          campaigns={campaigns?.items ?? []}
          error={fieldErrors(edited.error)['return_campaign_id']}
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

function settingsOf(row: Omit<Draft, 'number'>): Omit<Draft, 'number'> {
  const { label, active, principal_id, daily_limit, return_to, return_campaign_id, return_wait_s } = row;
  return { label, active, principal_id, daily_limit, return_to, return_campaign_id, return_wait_s };
}
