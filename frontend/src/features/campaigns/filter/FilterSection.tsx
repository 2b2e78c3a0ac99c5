/** Whom the campaign calls now: conditions on any field, counted before they are applied, obeyed by the next call. */
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { FilterPanel } from '@/components/filter/FilterPanel';
import { catalogueQuery } from '@/components/filter/queries';
import {
  type Catalogue,
  emptyTree,
  type Filter,
  fromFilter,
  toFilter,
  type Tree,
} from '@/components/filter/tree';
import { useFilterWords } from '@/components/filter/words';
import { Section } from '@/components/form/Section';
import { notifyDone } from '@/components/notify';
import { Counts } from '../restriction/Counts';
import { type Steering, steeringQuery } from '../steering/queries';
import type { Campaign } from '../types';
import type { Unapplied } from '../useUnapplied';
import { previewQuery, useFilter } from './queries';

const LABEL_MAX = 120;
const EVERYBODY: Filter = { all: [] };

interface FilterProps {
  campaign: Campaign;
  unapplied: Unapplied;
}

export function FilterSection({ campaign, unapplied }: FilterProps) {
  const { t } = useTranslation('steering');
  const steering = useQuery(steeringQuery(campaign.id));
  const catalogue = useQuery(catalogueQuery);
  const failed = [steering, catalogue].find(({ error }) => error);
  return (
    <Section title={t('filter.title')} help={t('filter.help')} stacked>
      {failed && <ErrorMessage error={failed.error} onRetry={() => void failed.refetch()} />}
      {steering.data && catalogue.data && (
        <Form campaign={campaign} unapplied={unapplied} kept={steering.data} catalogue={catalogue.data} />
      )}
    </Section>
  );
}

interface FormProps extends FilterProps {
  kept: Steering;
  catalogue: Catalogue;
}

function Form({ campaign, unapplied, kept, catalogue }: FormProps) {
  const { t } = useTranslation('steering');
  const { tree: edited, named } = unapplied.edits.filter ?? { tree: null, named: null };
  const reset = (): void => unapplied.edit('filter', undefined);
  const tree = edited ?? (kept.filter ? fromFilter(kept.filter as unknown as Filter) : emptyTree());
  const words = useFilterWords(catalogue, tree);
  const filter = toFilter(tree);
  const inWords = words.tree(tree).slice(0, LABEL_MAX);
  const put = useFilter(campaign.id, (now) => {
    reset();
    notifyDone(now.filter ? t('filter.applied', { label: now.filter_label }) : t('filter.removed'));
  });
  const change = (next: Tree): void => {
    put.reset();
    unapplied.edit('filter', { tree: next, named });
  };
  const changed = edited !== null || named !== null;
  return (
    <>
      <FilterPanel catalogue={catalogue} tree={tree} onChange={change} whole />
      <Preview id={campaign.id} filter={filter ?? EVERYBODY} />
      <TextInput
        maw={480}
        label={t('filter.label')}
        description={t('filter.labelHelp')}
        placeholder={inWords}
        maxLength={LABEL_MAX}
        disabled={!filter}
        // What was made of the conditions themselves is made anew with them.
        value={named ?? (edited ? '' : kept.filter_label)}
        onChange={(event) => unapplied.edit('filter', { tree: edited, named: event.currentTarget.value })}
      />
      {put.error && <ErrorMessage error={put.error} />}
      <Group gap="sm">
        <Button
          disabled={!changed || !filter}
          loading={put.isPending}
          onClick={() => filter && put.mutate({ filter, label: named?.trim() || inWords })}
          data-testid="apply-filter"
        >
          {t('apply')}
        </Button>
        {changed && (
          <Button
            variant="default"
            onClick={() => {
              put.reset();
              reset();
            }}
          >
            {t('common:actions.cancel')}
          </Button>
        )}
        {!changed && kept.filter && (
          <Button variant="default" loading={put.isPending} onClick={() => put.mutate(null)}>
            {t('filter.remove')}
          </Button>
        )}
      </Group>
    </>
  );
}

/** Before it is applied: how many contacts it would leave to call. */
function Preview({ id, filter }: { id: number; filter: Filter }) {
  const { t } = useTranslation('steering');
  const asked = JSON.stringify(filter);
  const [settled] = useDebouncedValue(asked, 250);
  const preview = useQuery(previewQuery(id, JSON.parse(settled) as Filter));
  if (preview.error) return <ErrorMessage error={preview.error} onRetry={() => void preview.refetch()} />;
  const counts = preview.data;
  const figures = [
    ['callable', counts?.callable],
    ['inside', counts?.inside],
    ['waiting', counts?.waiting],
    ['promises', counts?.promises],
  ] as const;
  return (
    <>
      <Counts
        id="filter"
        figures={figures.map(([key, value]) => ({ key, label: t(`filter.count.${key}`), value }))}
        stale={preview.isPlaceholderData || settled !== asked}
      />
      {/* Its line is kept: what is below does not move as it is counted. */}
      {filter !== EVERYBODY && (
        <Text size="sm" role="status" mih="1.25rem">
          {counts && counts.waiting > 0 && counts.inside === 0 && t('filter.nobody')}
        </Text>
      )}
    </>
  );
}
