/** Fields that this floor adds to its contacts. */
import { Alert, Checkbox, NumberInput, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmInline } from '@/components/ConfirmInline';
import { EmptyState } from '@/components/EmptyState';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { ApiError } from '@/lib/api/error';
import { customFieldsQuery } from '@/lib/api/names';
import type { components } from '@/lib/api/schema';
import { fieldErrors, FormDrawer } from '../FormDrawer';
import { ListSection, TableArea, useSection } from '../ListSection';
import { useEdited } from '../useEdited';

type Field = components['schemas']['CustomFieldOut'];
type Draft = Pick<Field, 'label' | 'kind' | 'choices' | 'position'>;

const KINDS = ['text', 'number', 'date', 'choice', 'yes_no', 'link'] as const;

export function FieldsSection() {
  const { t } = useTranslation('settings');
  const fields = useQuery(customFieldsQuery);
  const [dropValues, setDropValues] = useState(false);
  const edited = useEdited<Field, Draft>({
    keys: [['custom-fields'], ['contacts']],
    empty: { label: '', kind: 'text', choices: [], position: (fields.data?.length ?? 0) + 1 },
    draftOf: ({ label, kind, choices, position }) => ({ label, kind, choices, position }),
    create: (body) => unwrap(api.POST('/api/custom-fields', { body })),
    update: ({ id }, body) =>
      unwrap(api.PATCH('/api/custom-fields/{field_id}', { params: { path: { field_id: id } }, body })),
    remove: ({ id }) =>
      unwrap(
        api.DELETE('/api/custom-fields/{field_id}', {
          params: { path: { field_id: id }, query: dropValues ? { drop_values: true } : {} },
        }),
      ),
  });
  const columns = useMemo<DataColumn<Field>[]>(
    () => [
      {
        id: 'position',
        header: t('fields.position'),
        width: '5rem',
        align: 'right',
        cell: (row) => row.position,
      },
      {
        id: 'label',
        header: t('fields.label'),
        width: 'minmax(12rem, 1.5fr)',
        cell: (row) => <span style={{ fontWeight: 600 }}>{row.label}</span>,
      },
      { id: 'kind', header: t('fields.kind'), width: '8rem', cell: (row) => t(`imports:kind.${row.kind}`) },
      {
        id: 'choices',
        header: t('fields.choices'),
        width: 'minmax(10rem, 2fr)',
        cell: (row) => row.choices.join(', '),
      },
      { id: 'key', header: t('fields.key'), width: 'minmax(8rem, 1fr)', cell: (row) => row.key },
    ],
    [t],
  );
  const { draft } = edited;
  const holdsValues = edited.error instanceof ApiError && edited.error.status === 409 && !edited.isNew;
  return (
    <ListSection {...useSection('fields')} onAdd={() => edited.open('new')}>
      <TableArea>
        <DataTable
          id="fields"
          label={t('section.fields')}
          columns={columns}
          rows={fields.data}
          rowId={(row) => String(row.id)}
          loading={fields.isPending}
          error={fields.error}
          onRetry={() => void fields.refetch()}
          onRowClick={edited.open}
          empty={<EmptyState title={t('fields.none')}>{t('fields.noneHelp')}</EmptyState>}
        />
      </TableArea>
      <FormDrawer
        opened={edited.row !== null}
        title={edited.isNew ? t('add.fields') : draft.label}
        onClose={edited.close}
        onSubmit={edited.save}
        busy={edited.busy}
        error={edited.error}
        disabled={!draft.label.trim() || (draft.kind === 'choice' && draft.choices.length === 0)}
        extra={
          edited.isNew ? null : (
            <ConfirmInline
              color="red"
              variant="subtle"
              confirmLabel={t('common:actions.delete')}
              onConfirm={edited.remove}
            >
              {t('fields.delete')}
            </ConfirmInline>
          )
        }
      >
        <TextInput
          label={t('fields.label')}
          required
          maxLength={120}
          data-autofocus
          value={draft.label}
          error={fieldErrors(edited.error)['label']}
          onChange={(event) => edited.set({ label: event.currentTarget.value })}
        />
        <Select
          label={t('fields.kind')}
          data={KINDS.map((kind) => ({ value: kind, label: t(`imports:kind.${kind}`) }))}
          value={draft.kind}
          error={fieldErrors(edited.error)['kind']}
          onChange={(kind) => edited.set({ kind: kind as Field['kind'] })}
        />
        {draft.kind === 'choice' && (
          <TagsInput
            label={t('fields.choices')}
            description={t('fields.choicesHelp')}
            value={draft.choices}
            onChange={(choices) => edited.set({ choices })}
            splitChars={[';']}
          />
        )}
        <NumberInput
          label={t('fields.position')}
          w={160}
          value={draft.position}
          onChange={(value) => value !== '' && edited.set({ position: Number(value) })}
        />
        {holdsValues && (
          <Alert color="red">
            <Stack gap="xs">
              <Checkbox
                label={t('fields.dropValues')}
                checked={dropValues}
                onChange={(event) => setDropValues(event.currentTarget.checked)}
              />
            </Stack>
          </Alert>
        )}
      </FormDrawer>
    </ListSection>
  );
}
