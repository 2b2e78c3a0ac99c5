/** Key figures of agents and campaigns over a period; every figure that counts calls leads to them. */
import { Button, SegmentedControl } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '@/i18n';
import { Below } from '@/components/Below';
import { Page } from '@/components/Page';
import { CampaignPicker } from '@/components/pickers/CampaignPicker';
import { namedPeriod, PeriodPicker } from '@/components/pickers/PeriodPicker';
import { api, unwrap } from '@/lib/api/client';
import { given, toId } from '@/lib/api/given';
import { useUrlState } from '@/lib/url-state';
import { csv, download } from './csv';
import { FiguresTable } from './FiguresTable';
import { Headline } from './Headline';
import classes from './Statistics.module.css';
import { TimeBars } from './TimeBars';
import { type Definition, type Line, linesOfAgents, linesOfCampaigns, type View } from './types';

export function StatisticsPage() {
  const { t } = useTranslation('statistics');
  const [search, change] = useUrlState<'view' | 'from' | 'to' | 'campaign_id' | 'sort'>();
  const view: View = search.view === 'campaigns' ? 'campaigns' : 'agents';
  const today = namedPeriod('today');
  const period =
    search.from && search.to
      ? { from: search.from, to: search.to }
      : { from: today.from ?? '', to: today.to ?? '' };
  const campaignId = toId(search.campaign_id);
  const definitions = useQuery({
    queryKey: ['statistics', 'definitions'],
    queryFn: () => unwrap(api.GET('/api/statistics/definitions')),
    staleTime: Infinity,
  });
  const agents = useQuery({
    queryKey: ['statistics', 'agents', period, campaignId],
    queryFn: () =>
      unwrap(
        api.GET('/api/statistics/agents', {
          params: { query: { ...period, ...given({ campaign_id: campaignId }) } },
        }),
      ),
    enabled: view === 'agents',
    placeholderData: keepPreviousData,
  });
  const campaigns = useQuery({
    queryKey: ['statistics', 'campaigns', period],
    queryFn: () => unwrap(api.GET('/api/statistics/campaigns', { params: { query: period } })),
    enabled: view === 'campaigns',
    placeholderData: keepPreviousData,
  });
  const report = view === 'agents' ? agents : campaigns;
  const lines = useMemo<Line[] | undefined>(
    () =>
      view === 'agents'
        ? agents.data && linesOfAgents(agents.data)
        : campaigns.data && linesOfCampaigns(campaigns.data, t('noCampaign')),
    [view, agents.data, campaigns.data, t],
  );
  const behind = {
    from: period.from,
    to: period.to,
    ...(view === 'agents' && search.campaign_id ? { campaign_id: search.campaign_id } : {}),
  };
  return (
    <Page
      title={t('title')}
      fill
      actions={
        <>
          <PeriodPicker size="sm" value={period} onChange={({ from, to }) => change({ from, to })} />
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            disabled={!lines?.length || !definitions.data}
            onClick={() => lines && exportLines(lines, definitions.data ?? [], t(`view.${view}`), period)}
          >
            {t('export')}
          </Button>
        </>
      }
    >
      <Below waits={definitions.isPending}>
        <Headline kpis={report.data?.total_kpis} definitions={definitions.data ?? []} behind={behind} />
        <div className={classes.body}>
          <FiguresTable
            view={view}
            lines={lines}
            total={report.data?.total_kpis}
            definitions={definitions.data ?? []}
            behind={behind}
            sort={search.sort}
            onSort={(sort) => change({ sort })}
            loading={report.isPending}
            error={report.error ?? definitions.error}
            onRetry={() => void report.refetch()}
            tools={
              <>
                <SegmentedControl
                  size="xs"
                  aria-label={t('title')}
                  value={view}
                  onChange={(next) => change({ view: next === 'agents' ? undefined : next })}
                  data={(['agents', 'campaigns'] as const).map((code) => ({
                    value: code,
                    label: t(`view.${code}`),
                  }))}
                />
                {view === 'agents' && (
                  <CampaignPicker
                    size="xs"
                    w={220}
                    value={search.campaign_id}
                    onChange={(campaign_id) => change({ campaign_id })}
                  />
                )}
              </>
            }
          />
          {lines && lines.length > 0 && <TimeBars lines={lines} />}
        </div>
      </Below>
    </Page>
  );
}

function exportLines(
  lines: Line[],
  definitions: Definition[],
  view: string,
  period: { from: string; to: string },
): void {
  const language = currentLanguage();
  const head = [view, ...definitions.map(({ label }) => label[language] ?? '')];
  const rows = lines.map(({ name, kpis }) => [name, ...definitions.map(({ key }) => kpis[key])]);
  download(`${view.toLowerCase()}-${period.from}-${period.to}.csv`, csv([head, ...rows]));
}
