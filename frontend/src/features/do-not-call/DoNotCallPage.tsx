/** Numbers never to dial: everywhere, or in one campaign. */
import {
  ActionIcon,
  Alert,
  Button,
  CloseButton,
  FileButton,
  Group,
  Select,
  Text,
  Tooltip,
} from '@mantine/core';
import { IconDownload, IconPlus, IconTrash, IconUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { notifyError } from '@/components/notify';
import { Page } from '@/components/Page';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import { SearchInput } from '@/components/pickers/SearchInput';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { given, toId } from '@/lib/api/given';
import { usePages } from '@/lib/api/pages';
import type { components } from '@/lib/api/schema';
import { upload } from '@/lib/api/upload';
import { formatPhone } from '@/lib/format/phone';
import { formatDateTime } from '@/lib/format/time';
import { useTextFilter } from '@/lib/text-filter';
import { useUrlState } from '@/lib/url-state';
import { AddNumber } from './AddNumber';
import { RemoveNumber } from './RemoveNumber';

type Row = components['schemas']['DoNotCallOut'];
type Imported = components['schemas']['DoNotCallImported'];

const ORIGINS = ['manual', 'agent', 'import', 'erased_refusal'] as const;

export function DoNotCallPage() {
  const { t } = useTranslation('do-not-call');
  const client = useQueryClient();
  const [search, change] = useUrlState<'campaign_id' | 'origin'>();
  const [q, setQ] = useTextFilter('do-not-call');
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Row | null>(null);
  const query = given({ q, origin: search.origin, campaign_id: toId(search.campaign_id) });
  const pages = usePages(['do-not-call', query], (cursor) =>
    unwrap(
      api.GET('/api/do-not-call', {
        params: { query: { ...query, limit: 100, ...(cursor ? { cursor } : {}) } },
      }),
    ),
  );
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['do-not-call'] });
  const bring = useMutation({
    mutationFn: (file: File) => upload<Imported>('/api/do-not-call/import', file),
    onSuccess: refresh,
    onError: notifyError,
  });
  const columns = useColumns(setRemoving);
  const filtered = Object.keys(query).length > 0;
  return (
    <Page
      title={t('title')}
      fill
      actions={
        <>
          <Button
            component="a"
            href="/api/do-not-call/export"
            download
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t('export')}
          </Button>
          <FileButton accept=".csv,.txt" onChange={(file) => file && bring.mutate(file)}>
            {(props) => (
              <Button
                {...props}
                variant="default"
                loading={bring.isPending}
                leftSection={<IconUpload size={16} aria-hidden />}
              >
                {t('import')}
              </Button>
            )}
          </FileButton>
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setAdding(true)}
            data-testid="add-number"
          >
            {t('add')}
          </Button>
        </>
      }
    >
      {bring.data && <Brought result={bring.data} onClose={() => bring.reset()} />}
      <DataTable
        id="do-not-call"
        label={t('title')}
        columns={columns}
        rowId={(row) => String(row.id)}
        tools={
          <>
            <SearchInput
              size="xs"
              w={260}
              value={q}
              onChange={setQ}
              placeholder={t('search')}
              aria-label={t('search')}
            />
            <Select
              size="xs"
              w={170}
              clearable
              placeholder={t('anyOrigin')}
              aria-label={t('column.origin')}
              data={ORIGINS.map((code) => ({ value: code, label: t(`origin.${code}`) }))}
              value={search.origin ?? null}
              onChange={(origin) => change({ origin: origin ?? undefined })}
            />
            <CampaignPicker
              size="xs"
              w={220}
              value={search.campaign_id}
              onChange={(campaign_id) => change({ campaign_id })}
            />
          </>
        }
        empty={
          filtered ? (
            <Text c="dimmed">{t('common:table.emptyFiltered')}</Text>
          ) : (
            <EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>
          )
        }
        {...pages}
      />
      <AddNumber opened={adding} onClose={() => setAdding(false)} onAdded={refresh} />
      <RemoveNumber row={removing} onClose={() => setRemoving(null)} onRemoved={refresh} />
    </Page>
  );
}

function Brought({ result, onClose }: { result: Imported; onClose: () => void }) {
  const { t } = useTranslation('do-not-call');
  return (
    <Alert color={result.refused_count ? 'yellow' : 'teal'} mb="sm" py="xs" role="status">
      <Group justify="space-between" align="start" wrap="nowrap">
        <div>
          <Text size="sm">
            {[
              t('brought.added', { count: result.added }),
              t('brought.there', { count: result.already_there }),
              ...(result.repeated ? [t('brought.repeated', { count: result.repeated })] : []),
              t('brought.refused', { count: result.refused_count }),
            ].join(', ')}
            .
          </Text>
          {result.refused.slice(0, 10).map((one) => (
            <Text key={one.line} size="xs">
              {t('refusedLine', { line: one.line, value: one.value, reason: one.reason })}
            </Text>
          ))}
        </div>
        <CloseButton size="sm" aria-label={t('common:actions.close')} onClick={onClose} />
      </Group>
    </Alert>
  );
}

function useColumns(onRemove: (row: Row) => void): DataColumn<Row>[] {
  const { t } = useTranslation('do-not-call');
  return useMemo(
    () => [
      {
        id: 'e164',
        header: t('column.number'),
        width: '9rem',
        cell: (row) => (
          <span className="tabular" style={{ fontWeight: 600 }}>
            {row.is_prefix ? `${row.e164}…` : formatPhone(row.e164)}
          </span>
        ),
      },
      {
        id: 'campaign',
        header: t('column.campaign'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => row.campaign?.name ?? t('everywhere'),
      },
      {
        id: 'contact',
        header: t('column.contact'),
        width: 'minmax(9rem, 1fr)',
        cell: (row) =>
          row.contact_id ? (
            <Link to="/contacts/$id" params={{ id: String(row.contact_id) }}>
              {row.contact_name}
            </Link>
          ) : (
            row.contact_name
          ),
      },
      {
        id: 'origin',
        header: t('column.origin'),
        width: '9rem',
        cell: (row) => t(`origin.${row.origin}`, { defaultValue: row.origin }),
      },
      {
        id: 'note',
        header: t('column.note'),
        width: 'minmax(7rem, 1.4fr)',
        cell: (row) => <span title={row.note}>{row.note}</span>,
      },
      { id: 'by', header: t('column.by'), width: 'minmax(8rem, 0.8fr)', cell: (row) => row.created_by?.name },
      { id: 'at', header: t('column.at'), width: '10rem', cell: (row) => formatDateTime(row.created_at) },
      {
        id: 'remove',
        header: t('common:table.actions'),
        headerHidden: true,
        width: '3rem',
        cell: (row) => (
          <Tooltip label={t('remove')}>
            <ActionIcon
              color="gray"
              aria-label={t('removeNumber', { number: formatPhone(row.e164) })}
              onClick={() => onRemove(row)}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Tooltip>
        ),
      },
    ],
    [t, onRemove],
  );
}
