/** What feeds the campaign: a higher priority is emptied first, lists of one priority share the calls. */
import { Button, Group, NumberInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { Section } from '@/components/form/Section';
import { notifyDone } from '@/components/notify';
import { api, unwrap } from '@/lib/api/client';
import { formatNumber } from '@/lib/format/number';
import queueClasses from '../queue/Queue.module.css';
import type { Campaign } from '../types';
import { type CampaignList, listsQuery } from './queries';

type Edit = Pick<CampaignList, 'priority' | 'share'>;

export function ListsPart({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('steering');
  const client = useQueryClient();
  const lists = useQuery(listsQuery(campaign.id));
  const [edits, setEdits] = useState<Record<string, Edit>>({});
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
      setEdits({});
      notifyDone(t('listsApplied'));
    },
  });
  const change = (row: CampaignList, some: Partial<Edit>): void => {
    put.reset();
    setEdits((all) => ({
      ...all,
      [row.key]: { priority: row.priority, share: row.share, ...all[row.key], ...some },
    }));
  };
  const dirty = Object.keys(edits).length > 0;
  return (
    <Section title={t('lists')} help={t('listsHelp')} stacked>
      {lists.error && <ErrorMessage error={lists.error} onRetry={() => void lists.refetch()} />}
      {rows.length > 0 && (
        <table className={queueClasses.table} data-testid="campaign-lists">
          <thead>
            <tr>
              <th scope="col">{t('list')}</th>
              <th scope="col" data-align="right">
                {t('callable')}
              </th>
              <th scope="col" data-align="right">
                {t('later')}
              </th>
              <th scope="col" data-align="right">
                {t('called')}
              </th>
              <th scope="col" data-align="right">
                {t('total')}
              </th>
              <th scope="col">{t('priority')}</th>
              <th scope="col">{t('share')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const name = row.name || t('rest');
              return (
                <tr key={row.key}>
                  <td>{name}</td>
                  {(['callable', 'later', 'called', 'total'] as const).map((key) => (
                    <td key={key} data-align="right" className="tabular">
                      {formatNumber(row[key])}
                    </td>
                  ))}
                  <td>
                    <NumberInput
                      size="xs"
                      w={90}
                      aria-label={t('priorityOf', { name })}
                      min={-100}
                      max={100}
                      value={row.priority}
                      onChange={(value) => value !== '' && change(row, { priority: Number(value) })}
                    />
                  </td>
                  <td>
                    <NumberInput
                      size="xs"
                      w={90}
                      aria-label={t('shareOf', { name })}
                      min={0}
                      max={100}
                      value={row.share}
                      onChange={(value) => value !== '' && change(row, { share: Number(value) })}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {put.error && <ErrorMessage error={put.error} />}
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
          <Button variant="default" onClick={() => setEdits({})}>
            {t('common:actions.cancel')}
          </Button>
        )}
      </Group>
    </Section>
  );
}
