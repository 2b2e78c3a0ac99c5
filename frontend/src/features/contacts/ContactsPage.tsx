/** Search among all contacts. */
import { Button, Select, Text } from '@mantine/core';
import { IconPhoneOff, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { Page } from '@/components/Page';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import { SearchInput } from '@/components/pickers/SearchInput';
import { Result } from '@/components/Result';
import { type DataColumn, DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { given, toId } from '@/lib/api/given';
import { usePages } from '@/lib/api/pages';
import { contactName } from '@/lib/format/contact';
import { formatPhone } from '@/lib/format/phone';
import { formatDateTime } from '@/lib/format/time';
import { useTextFilter } from '@/lib/text-filter';
import { useUrlState } from '@/lib/url-state';
import type { ContactRow } from './types';

export function ContactsPage() {
  const { t } = useTranslation('contacts');
  const navigate = useNavigate();
  const [search, change] = useUrlState<'campaign_id' | 'batch_id'>();
  const [q, setQ] = useTextFilter('contacts');
  const query = given({ q, campaign_id: toId(search.campaign_id), batch_id: toId(search.batch_id) });
  const pages = usePages(['contacts', 'list', query], (cursor) =>
    unwrap(
      api.GET('/api/contacts', {
        params: { query: { ...query, limit: 100, ...(cursor ? { cursor } : {}) } },
      }),
    ),
  );
  const filtered = Object.keys(query).length > 0;
  return (
    <Page
      title={t('title')}
      fill
      actions={
        <Button
          component={Link}
          to="/contacts/new"
          leftSection={<IconPlus size={16} aria-hidden />}
          data-testid="new-contact"
        >
          {t('new')}
        </Button>
      }
    >
      <DataTable
        id="contacts"
        label={t('title')}
        columns={useColumns()}
        rowId={(row) => String(row.id)}
        onRowClick={(row) => void navigate({ to: '/contacts/$id', params: { id: String(row.id) } })}
        tools={
          <>
            <SearchInput
              size="xs"
              w={320}
              value={q}
              onChange={setQ}
              placeholder={t('search')}
              aria-label={t('search')}
            />
            <CampaignPicker
              size="xs"
              w={220}
              value={search.campaign_id}
              onChange={(campaign_id) => change({ campaign_id })}
            />
            <BatchPicker value={search.batch_id} onChange={(batch_id) => change({ batch_id })} />
          </>
        }
        empty={
          filtered ? (
            <Text c="dimmed">{t('common:table.emptyFiltered')}</Text>
          ) : (
            <EmptyState
              title={t('none')}
              action={
                <Button component={Link} to="/imports">
                  {t('import')}
                </Button>
              }
            >
              {t('noneHelp')}
            </EmptyState>
          )
        }
        {...pages}
      />
    </Page>
  );
}

function BatchPicker({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}) {
  const { t } = useTranslation('contacts');
  const { data } = useQuery({
    queryKey: ['imports', 'names'],
    queryFn: () => unwrap(api.GET('/api/imports', { params: { query: { limit: 100 } } })),
  });
  return (
    <Select
      size="xs"
      w={200}
      clearable
      searchable
      placeholder={t('anyBatch')}
      aria-label={t('batch')}
      data={(data?.items ?? [])
        .filter(({ status }) => status === 'done')
        .map(({ id, name }) => ({ value: String(id), label: name }))}
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  );
}

function useColumns(): DataColumn<ContactRow>[] {
  const { t } = useTranslation('contacts');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('field.name'),
        width: 'minmax(11rem, 1.5fr)',
        cell: (row) => (
          <span style={{ fontWeight: 600 }} title={contactName(row)}>
            {contactName(row)}
          </span>
        ),
      },
      {
        id: 'company',
        header: t('field.company'),
        width: 'minmax(9rem, 1.2fr)',
        cell: (row) => <span title={row.company}>{row.company}</span>,
      },
      {
        id: 'phones',
        header: t('field.phones'),
        width: 'minmax(15rem, 1.2fr)',
        cell: (row) => <Phones row={row} />,
      },
      { id: 'postal_code', header: t('field.postal_code'), width: '6rem', cell: (row) => row.postal_code },
      {
        id: 'city',
        header: t('field.city'),
        width: 'minmax(7rem, 1fr)',
        cell: (row) => <span title={row.city}>{row.city}</span>,
      },
      { id: 'client_code', header: t('field.client_code'), width: '7.5rem', cell: (row) => row.client_code },
      {
        id: 'email',
        header: t('field.email'),
        width: 'minmax(9rem, 1fr)',
        hidden: true,
        cell: (row) => row.email,
      },
      {
        id: 'last_result',
        header: t('field.last_result'),
        width: '9rem',
        cell: (row) => (row.last_call_at ? <Result code={row.last_result} /> : ''),
      },
      {
        id: 'last_call_at',
        header: t('field.last_call_at'),
        width: '9.5rem',
        cell: (row) => formatDateTime(row.last_call_at),
      },
      {
        id: 'created_at',
        header: t('field.created_at'),
        width: '9.5rem',
        hidden: true,
        cell: (row) => formatDateTime(row.created_at),
      },
    ],
    [t],
  );
}

function Phones({ row }: { row: ContactRow }) {
  const { t } = useTranslation('contacts');
  const shown = row.phones.filter(({ kind }) => kind !== 'fax');
  return (
    <span className="tabular" title={shown.map(({ e164 }) => formatPhone(e164)).join(', ')}>
      {shown.map((phone, index) => (
        <span key={phone.kind}>
          {index > 0 && ' · '}
          {phone.do_not_call ? (
            <s>
              <IconPhoneOff size={12} aria-label={t('onList')} /> {formatPhone(phone.e164)}
            </s>
          ) : (
            formatPhone(phone.e164)
          )}
        </span>
      ))}
    </span>
  );
}
