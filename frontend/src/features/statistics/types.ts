/** Words of statistics, from the API. */
import type { components } from '@/lib/api/schema';

type Words = components['schemas'];

export type AgentReport = Words['AgentStatisticsReport'];
export type CampaignReport = Words['CampaignStatisticsReport'];
export type Kpis = Words['Kpis'];
export type Times = Words['Times'];
export type Definition = Words['Definition'];
export type KpiKey = Definition['key'];
export type View = 'agents' | 'campaigns';

/** One line of either table. */
export interface Line {
  id: string;
  name: string;
  kpis: Kpis;
  times: Times;
  /** Conditions of the call log that hold for this line. */
  search: Record<string, string>;
  results?: Record<string, number>;
  dispositions?: Words['DispositionCount'][];
}

export function linesOfAgents(report: AgentReport): Line[] {
  return report.rows.map(({ user_id, name, kpis, times }) => ({
    id: String(user_id),
    name,
    kpis,
    times,
    search: { agent_id: String(user_id) },
  }));
}

export function linesOfCampaigns(report: CampaignReport, without: string): Line[] {
  return report.rows.map(({ campaign_id, name, kpis, times, results, dispositions }) => ({
    id: String(campaign_id ?? 'none'),
    name: campaign_id === null ? without : name,
    kpis,
    times,
    results,
    dispositions,
    search: campaign_id === null ? {} : { campaign_id: String(campaign_id) },
  }));
}
