/** Why agents are not taking calls. */
import { Checkbox, NumberInput, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { EmptyState } from '@/components/EmptyState';
import { ColorPick } from '@/components/form/ColorPick';
import { Outcome } from '@/components/Result';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { pauseReasonsQuery } from '@/lib/api/names';
import type { components } from '@/lib/api/schema';
import { fieldErrors, FormDrawer } from '../FormDrawer';
import { ListSection, TableArea, useSection } from '../ListSection';
import { useEdited } from '../useEdited';

type Reason = components['schemas']['PauseReasonOut'];
type Draft = Omit<Reason, 'id'>;

export function PausesSection() {
  const { t } = useTranslation('settings');
  const reasons = useQuery(pauseReasonsQuery);
  const edited = useEdited<Reason, Draft>({
    keys: [['pause-reasons']],
    empty: {
      label: '',
      color: 'gray',
      paid: true,
      position: (reasons.data?.items.length ?? 0) + 1,
      active: true,
    },
    draftOf: ({ label, color, paid, position, active }) => ({ label, color, paid, position, active }),
    create: (body) => unwrap(api.POST('/api/pause-reasons', { body })),
    update: ({ id }, body) =>
      unwrap(api.PATCH('/api/pause-reasons/{reason_id}', { params: { path: { reason_id: id } }, body })),
    remove: ({ id }) =>
      unwrap(api.DELETE('/api/pause-reasons/{reason_id}', { params: { path: { reason_id: id } } })),
  });
  const columns = useMemo<DataColumn<Reason>[]>(
    () => [
      {
        id: 'position',
        header: t('pauses.position'),
        width: '5rem',
        align: 'right',
        cell: (row) => row.position,
      },
      {
        id: 'label',
        header: t('pauses.label'),
        width: 'minmax(12rem, 2fr)',
        cell: (row) => <Outcome label={row.label} color={row.color} />,
      },
      {
        id: 'paid',
        header: t('pauses.paid'),
        width: '10rem',
        cell: (row) => t(row.paid ? 'common:actions.yes' : 'common:actions.no'),
      },
      {
        id: 'active',
        header: t('pauses.active'),
        width: '10rem',
        cell: (row) => t(row.active ? 'common:actions.yes' : 'common:actions.no'),
      },
    ],
    [t],
  );
  const { draft } = edited;
  return (
    <ListSection {...useSection('pauses')} onAdd={() => edited.open('new')}>
      <TableArea>
        <DataTable
          id="pauses"
          label={t('section.pauses')}
          columns={columns}
          rows={reasons.data?.items}
          rowId={(row) => String(row.id)}
          loading={reasons.isPending}
          error={reasons.error}
          onRetry={() => void reasons.refetch()}
          onRowClick={edited.open}
          empty={<EmptyState title={t('pauses.none')} />}
        />
      </TableArea>
      <FormDrawer
        opened={edited.row !== null}
        title={edited.isNew ? t('add.pauses') : draft.label}
        onClose={edited.close}
        onSubmit={edited.save}
        busy={edited.busy}
        error={edited.error}
        disabled={!draft.label.trim()}
        extra={
          edited.isNew ? null : (
            <ConfirmInline
              color="red"
              variant="subtle"
              confirmLabel={t('common:actions.delete')}
              onConfirm={edited.remove}
            >
              {t('pauses.delete')}
            </ConfirmInline>
          )
        }
      >
        <TextInput
          label={t('pauses.label')}
          required
          maxLength={60}
          data-autofocus
          value={draft.label}
          error={fieldErrors(edited.error)['label']}
          onChange={(event) => edited.set({ label: event.currentTarget.value })}
        />
        <div>
          <Text size="sm" fw={500} mb={4}>
            {t('forms:color')}
          </Text>
          <ColorPick
            label={t('forms:color')}
            value={draft.color}
            onChange={(color) => edited.set({ color: color as Draft['color'] })}
          />
        </div>
        <NumberInput
          label={t('pauses.position')}
          description={t('pauses.positionHelp')}
          w={160}
          value={draft.position}
          onChange={(value) => value !== '' && edited.set({ position: Number(value) })}
        />
        <Checkbox
          label={t('pauses.paid')}
          description={t('pauses.paidHelp')}
          checked={draft.paid}
          onChange={(event) => edited.set({ paid: event.currentTarget.checked })}
        />
        <Switch
          label={t('pauses.active')}
          description={t('pauses.activeHelp')}
          checked={draft.active}
          onChange={(event) => edited.set({ active: event.currentTarget.checked })}
        />
      </FormDrawer>
    </ListSection>
  );
}
