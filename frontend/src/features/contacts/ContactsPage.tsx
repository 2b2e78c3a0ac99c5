/** Search among all contacts, and act on many of them. */
import { Button, Text } from '@mantine/core';
import { IconFilter, IconHistory, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Below } from '@/components/Below';
import { EmptyState } from '@/components/EmptyState';
import { ErrorMessage } from '@/components/ErrorMessage';
import { ExportButton } from '@/components/export/ExportButton';
import { Page } from '@/components/Page';
import { FilterChips } from '@/components/filter/FilterChips';
import { FilterPanel } from '@/components/filter/FilterPanel';
import { catalogueQuery } from '@/components/filter/queries';
import {
  countLines,
  emptyTree,
  type Filter,
  fromFilter,
  toFilter,
  type Tree,
} from '@/components/filter/tree';
import { BatchPicker } from '@/components/pickers/BatchPicker';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import { SearchInput } from '@/components/pickers/SearchInput';
import { DataTable } from '@/components/table/DataTable';
import { api, unwrap } from '@/lib/api/client';
import { toId } from '@/lib/api/given';
import { customFieldsQuery } from '@/lib/api/names';
import { usePages } from '@/lib/api/pages';
import type { components } from '@/lib/api/schema';
import { useTextFilter } from '@/lib/text-filter';
import { useUrlState } from '@/lib/url-state';
import { RecentActions } from './bulk/RecentActions';
import { forApi, isEmpty, NONE } from './bulk/selection';
import { SelectionBar } from './bulk/SelectionBar';
import { useColumns } from './columns';
import { useKeptTree } from './search/kept';
import { savedSearchesQuery } from './search/queries';
import { type SavedSearch, SavedSearches } from './search/SavedSearches';
import { wholeFilter } from './search/whole';

type Sort = NonNullable<components['schemas']['SearchIn']['sort']>;
type Key = 'campaign_id' | 'batch_id' | 'search' | 'sort';
const SORT = /^-?(created|name|company|postal_code|city|client_code)$/;

/** It opens above the button that opens it: the keyboard goes on from there. */
const focus = (node: HTMLElement | null): void => node?.focus();

export function ContactsPage() {
  const { t } = useTranslation('contacts');
  const navigate = useNavigate();
  const [search, change] = useUrlState<Key>();
  const [q, setQ] = useTextFilter('contacts');
  const { tree, setTree, saved, apply, waiting } = useTree(search.search, (id) => change({ search: id }));
  const [panel, setPanel] = useState(false);
  const [recent, setRecent] = useState(false);
  const sort = (search.sort && SORT.test(search.sort) ? search.sort : '-created') as Sort;
  const campaign = toId(search.campaign_id);
  const batch = toId(search.batch_id);
  const asked = JSON.stringify(wholeFilter({ words: q, campaign, batch }, tree));
  const filter = useMemo(() => JSON.parse(asked) as { all: Filter[] }, [asked]);
  const pages = usePages(
    ['contacts', 'search', filter, sort],
    (cursor) =>
      unwrap(api.POST('/api/contact-search', { body: { filter, sort, limit: 100, cursor: cursor ?? '' } })),
    { enabled: !waiting },
  );
  const [chosen, choose] = useState({ asked, selection: NONE });
  const selection = chosen.asked === asked ? chosen.selection : NONE;
  const select = useMemo(() => (next: typeof NONE) => choose({ asked, selection: next }), [asked]);
  const lines = countLines(tree);
  const { data: catalogue, error: catalogueError, isPending, refetch } = useQuery(catalogueQuery);
  const ownFields = useQuery(customFieldsQuery);
  return (
    <Page
      title={t('title')}
      fill
      actions={
        <>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconHistory size={16} aria-hidden />}
            aria-expanded={recent}
            onClick={() => setRecent(!recent)}
            data-testid="toggle-recent"
          >
            {t('search:bulk.recent')}
          </Button>
          <ExportButton
            subject="contacts"
            filters={{
              ...(isEmpty(selection) ? { filter } : forApi(selection, filter)),
              ...(campaign ? { campaign_id: campaign } : {}),
            }}
          />
          <Button
            component={Link}
            to="/contacts/new"
            leftSection={<IconPlus size={16} aria-hidden />}
            data-testid="new-contact"
          >
            {t('new')}
          </Button>
        </>
      }
    >
      {recent && <RecentActions />}
      {panel && catalogueError ? (
        <ErrorMessage error={catalogueError} onRetry={() => void refetch()} />
      ) : null}
      {panel && catalogue && (
        <div ref={focus} tabIndex={-1}>
          <FilterPanel catalogue={catalogue} tree={tree} onChange={setTree} />
        </div>
      )}
      {!panel && catalogue && lines > 0 && (
        <FilterChips catalogue={catalogue} tree={tree} onChange={setTree} onOpen={() => setPanel(true)} />
      )}
      <Below waits={ownFields.isPending || (lines > 0 && isPending)}>
        <SelectionBar filter={filter} total={pages.total} selection={selection} onChange={select} />
        <DataTable
          id="contacts"
          label={t('title')}
          columns={useColumns(selection, select)}
          rowId={(row) => String(row.id)}
          onRowClick={(row) => void navigate({ to: '/contacts/$id', params: { id: String(row.id) } })}
          sort={sort}
          onSort={(next) => change({ sort: next })}
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
              <Button
                size="xs"
                variant={lines ? 'light' : 'default'}
                leftSection={<IconFilter size={14} aria-hidden />}
                aria-expanded={panel}
                onClick={() => setPanel(!panel)}
                data-testid="toggle-filter"
                style={{ flex: 'none' }}
              >
                {lines ? t('search:criteria', { count: lines }) : t('search:advanced')}
              </Button>
              <SavedSearches filter={toFilter(tree)} current={saved} onApply={apply} />
              <CampaignPicker
                size="xs"
                w={180}
                value={search.campaign_id}
                onChange={(campaign_id) => change({ campaign_id })}
              />
              <BatchPicker
                size="xs"
                w={160}
                clearable
                placeholder={t('anyBatch')}
                aria-label={t('batch')}
                value={search.batch_id}
                onChange={(batch_id) => change({ batch_id })}
              />
            </>
          }
          empty={
            filter.all.length > 0 ? (
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
      </Below>
    </Page>
  );
}

/** The panel's filter: a saved search as the address names it, until it is changed; else what this tab keeps. */
function useTree(savedId: string | undefined, setSavedId: (id: string | undefined) => void) {
  const [own, keep] = useKeptTree();
  const { data } = useQuery({ ...savedSearchesQuery, enabled: savedId !== undefined });
  const saved = data?.find(({ id }) => String(id) === savedId);
  const tree = useMemo(() => (saved ? fromFilter(saved.filter as unknown as Filter) : own), [saved, own]);
  const setTree = (next: Tree): void => {
    keep(next);
    if (savedId !== undefined) setSavedId(undefined);
  };
  const apply = (search: SavedSearch | undefined): void => {
    keep(emptyTree());
    setSavedId(search && String(search.id));
  };
  return { tree, setTree, saved, apply, waiting: savedId !== undefined && data === undefined };
}
