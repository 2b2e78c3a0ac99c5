/** What feeds the campaign: a higher priority is emptied first, lists of one priority share the calls. */
import { Anchor, Button, Group, NumberInput, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Section } from '@/components/form/Section';
import { notifyDone } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { formatNumber, formatShare } from '@/lib/format/number';
import { formatDate } from '@/lib/format/time';
import { without } from '@/lib/without';
import queueClasses from '../queue/Queue.module.css';
import type { Campaign } from '../types';
import type { ListEdit, Unapplied } from '../useUnapplied';
import { type Effect, effectOf } from './effect';
import { type CampaignList, listsQuery } from './queries';
import { FIGURES, hasOthers, othersOf } from './standings';
import classes from './Steering.module.css';

export function ListsPart({ campaign, unapplied }: { campaign: Campaign; unapplied: Unapplied }) {
  const { t } = useTranslation('steering');
  const client = useQueryClient();
  const lists = useQuery(listsQuery(campaign.id));
  const edits = unapplied.edits.lists ?? {};
  const rows = (lists.data?.items ?? []).map((row) => ({ ...row, ...edits[row.key] }));
  const put = useMutation({
    mutationFn: () =>
      unwrap(
        api.PUT('/api/campaigns/{campaign_id}/lists', {
          params: { path: { campaign_id: campaign.id } },
          body: { lists: rows.map(({ key, priority, share }) => ({ key, priority, share })) },
        }),
      ),
    onSuccess: (now) => {
      client.setQueryData(listsQuery(campaign.id).queryKey, now);
      void client.invalidateQueries({ queryKey: ['campaigns', 'steering', campaign.id] });
      void client.invalidateQueries({ queryKey: ['campaigns', 'queue', campaign.id] });
      unapplied.edit('lists', undefined);
      notifyDone(t('listsApplied'));
    },
  });
  const change = (row: CampaignList, some: Partial<ListEdit>): void => {
    put.reset();
    const edit = { priority: row.priority, share: row.share, ...some };
    const kept = lists.data?.items.find(({ key }) => key === row.key);
    // Typed back, nothing waits to be applied.
    const isKept = kept?.priority === edit.priority && kept.share === edit.share;
    const next = isKept ? without(edits, row.key) : { ...edits, [row.key]: edit };
    unapplied.edit('lists', Object.keys(next).length > 0 ? next : undefined);
  };
  const dirty = Object.keys(edits).length > 0;
  const withOthers = hasOthers(rows);
  return (
    <Section title={t('lists')} help={t('listsHelp')} stacked>
      {lists.error && <ErrorMessage error={lists.error} onRetry={() => void lists.refetch()} />}
      {lists.data && rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noList')}{' '}
          <Anchor
            component={Link}
            to="/campaigns/$id/$section"
            params={{ id: String(campaign.id), section: 'queue' } as never}
            size="sm"
          >
            {t('feedIt')}
          </Anchor>
        </Text>
      )}
      {rows.length > 0 && (
        <table className={queueClasses.table} data-testid="campaign-lists">
          <thead>
            <tr>
              <th scope="col">{t('list')}</th>
              {FIGURES.map((key) => (
                <th key={key} scope="col" data-align="right">
                  {t(key)}
                </th>
              ))}
              {withOthers && (
                <th scope="col" data-align="right">
                  {t('others')}
                </th>
              )}
              <th scope="col" data-align="right">
                {t('total')}
              </th>
              <th scope="col">{t('priority')}</th>
              <th scope="col">{t('share')}</th>
              <th scope="col" data-align="right">
                {t('nextCalls')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const name = row.name || t('rest');
              return (
                <tr key={row.key}>
                  <td>
                    <Name row={row} name={name} />
                  </td>
                  {FIGURES.map((key) => (
                    <td key={key} data-align="right" className="tabular">
                      {formatNumber(row[key])}
                    </td>
                  ))}
                  {withOthers && (
                    <td data-align="right" className="tabular">
                      <OtherFigures row={row} />
                    </td>
                  )}
                  <td data-align="right" className="tabular">
                    {formatNumber(row.total)}
                  </td>
                  <td>
                    <WholeNumber
                      label={t('priorityOf', { name })}
                      min={-100}
                      value={row.priority}
                      onChange={(priority) => change(row, { priority })}
                    />
                  </td>
                  <td>
                    <WholeNumber
                      label={t('shareOf', { name })}
                      min={0}
                      value={row.share}
                      onChange={(share) => change(row, { share })}
                    />
                  </td>
                  <td data-align="right" className="tabular">
                    <NextCalls effect={effectOf(row, rows)} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {put.error && <ErrorMessage error={put.error} />}
      {rows.length > 0 && (
        <Group gap="sm">
          <Button
            disabled={!dirty}
            loading={put.isPending}
            onClick={() => put.mutate()}
            data-testid="apply-lists"
          >
            {t('apply')}
          </Button>
          {dirty && (
            <Button variant="default" onClick={() => unapplied.edit('lists', undefined)}>
              {t('common:actions.cancel')}
            </Button>
          )}
        </Group>
      )}
    </Section>
  );
}

/** A batch opens its page; the day tells apart files of one name. */
function Name({ row, name }: { row: CampaignList; name: string }) {
  const { t } = useTranslation('steering');
  const kept =
    row.batch_id === null ? (
      name
    ) : (
      <Anchor
        component={Link}
        to="/imports/$id"
        params={{ id: String(row.batch_id) } as never}
        size="sm"
        c="inherit"
      >
        {name}
      </Anchor>
    );
  return (
    <>
      <div className={classes.name}>{kept}</div>
      <Text size="xs" c="dimmed">
        {[
          ...(row.since ? [t(row.kind === 'batch' ? 'sent' : 'fed', { day: formatDate(row.since) })] : []),
          ...(row.called > 0 ? [t('called', { count: row.called, number: formatNumber(row.called) })] : []),
        ].join(', ')}
      </Text>
    </>
  );
}

/** Which they are stands below: the column is one for three kinds. */
function OtherFigures({ row }: { row: CampaignList }) {
  const { t } = useTranslation('steering');
  const { count, parts } = othersOf(row);
  return (
    <>
      {formatNumber(count)}
      {parts.map((part) => (
        <Text key={part.standing} size="xs" c="dimmed">
          {t(`other.${part.standing}`, { count: part.count, number: formatNumber(part.count) })}
        </Text>
      ))}
    </>
  );
}

interface WholeNumberProps {
  label: string;
  min: number;
  value: number;
  onChange: (value: number) => void;
}

/** Left empty, or with a sign alone, it shows again what is in force: nothing else would be applied. */
function WholeNumber({ label, min, value, onChange }: WholeNumberProps) {
  const [unfinished, setUnfinished] = useState<string | null>(null);
  return (
    <NumberInput
      size="xs"
      w={74}
      aria-label={label}
      min={min}
      max={100}
      allowDecimal={false}
      value={unfinished ?? value}
      onBlur={() => setUnfinished(null)}
      onChange={(typed) => {
        setUnfinished(typeof typed === 'number' ? null : typed);
        if (typeof typed === 'number') onChange(typed);
      }}
    />
  );
}

function NextCalls({ effect }: { effect: Effect }) {
  const { t } = useTranslation('steering');
  if (effect.is === 'share') return formatShare(effect.percent / 100, 0);
  return (
    <Text size="xs" c="dimmed" title={t(`effectHelp.${effect.is}`)}>
      {t(`effect.${effect.is}`)}
    </Text>
  );
}
