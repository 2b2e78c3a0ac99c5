/** The order: the usual one, by age, by attempts, at random or by a field. The next call obeys. */
import { Button, Checkbox, Group, Progress, Select, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Section } from '@/components/form/Section';
import { notifyDone } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { formatNumber } from '@/lib/format/number';
import type { Campaign } from '../types';
import type { Unapplied } from '../useUnapplied';
import { type Order, orderFieldsQuery, steeringQuery } from './queries';

/** Chosen back, nothing waits to be applied. */
const sameOrder = (a: Order, b: Order): boolean =>
  a.kind === b.kind && (a.kind !== 'field' || (a.field === b.field && a.descending === b.descending));

const KINDS = ['due', 'newest', 'oldest', 'fewest_attempts', 'random', 'field'] as const;

export function OrderPart({ campaign, unapplied }: { campaign: Campaign; unapplied: Unapplied }) {
  const { t } = useTranslation('steering');
  const client = useQueryClient();
  const steering = useQuery(steeringQuery(campaign.id));
  const fields = useQuery(orderFieldsQuery);
  const edited = unapplied.edits.order;
  const put = useMutation({
    mutationFn: (body: Order) =>
      unwrap(
        api.PUT('/api/campaigns/{campaign_id}/order', {
          params: { path: { campaign_id: campaign.id } },
          body,
        }),
      ),
    onSuccess: (now) => {
      client.setQueryData(steeringQuery(campaign.id).queryKey, now);
      void client.invalidateQueries({ queryKey: ['campaigns', 'queue', campaign.id] });
      unapplied.edit('order', undefined);
      notifyDone(t('orderApplied'));
    },
  });
  const kept = steering.data?.order;
  const inForce: Order = {
    kind: kept?.kind ?? 'due',
    field: kept?.field ?? '',
    descending: kept?.descending ?? false,
  };
  const order = edited ?? inForce;
  const change = (some: Partial<Order>): void => {
    put.reset();
    const next = { ...order, ...some };
    unapplied.edit('order', sameOrder(next, inForce) ? undefined : next);
  };
  const ready = edited !== undefined && (order.kind !== 'field' || order.field !== '');
  const progress = steering.data?.progress;
  return (
    <Section title={t('order')} help={t('orderHelp')}>
      {steering.error && <ErrorMessage error={steering.error} onRetry={() => void steering.refetch()} />}
      <Select
        maw={360}
        label={t('orderKind')}
        allowDeselect={false}
        data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        value={order.kind}
        onChange={(kind) => kind && change({ kind: kind as Order['kind'] })}
        data-testid="order-kind"
      />
      {order.kind === 'field' && (
        <>
          <Select
            maw={360}
            searchable
            label={t('orderField')}
            nothingFoundMessage={t('noField')}
            data={(fields.data?.items ?? []).map(({ id, label }) => ({ value: id, label }))}
            value={order.field || null}
            onChange={(field) => change({ field: field ?? '' })}
          />
          <Checkbox
            size="xs"
            label={t('descending')}
            checked={order.descending}
            onChange={(event) => change({ descending: event.currentTarget.checked })}
          />
        </>
      )}
      {put.error && <ErrorMessage error={put.error} />}
      <Group gap="sm">
        <Button
          disabled={!ready}
          loading={put.isPending}
          onClick={() =>
            put.mutate(order.kind === 'field' ? order : { ...order, field: '', descending: false })
          }
          data-testid="apply-order"
        >
          {t('apply')}
        </Button>
        {edited && (
          <Button variant="default" onClick={() => unapplied.edit('order', undefined)}>
            {t('common:actions.cancel')}
          </Button>
        )}
      </Group>
      {progress && (
        <div>
          <Progress
            value={progress.total ? (100 * progress.done) / progress.total : 100}
            animated
            striped
            aria-label={t('sorting')}
          />
          <Text size="xs" c="dimmed">
            {progress.total > 0
              ? t('sortingOf', { done: formatNumber(progress.done), total: formatNumber(progress.total) })
              : t('sortingBegins')}
          </Text>
        </div>
      )}
    </Section>
  );
}
