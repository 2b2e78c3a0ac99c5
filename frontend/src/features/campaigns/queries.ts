/** What the screens of campaigns ask for. */
import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';

const path = (id: number) => ({ params: { path: { campaign_id: id } } });

export const campaignQuery = (id: number) =>
  queryOptions({
    queryKey: ['campaigns', 'one', id],
    queryFn: () => unwrap(api.GET('/api/campaigns/{campaign_id}', path(id))),
  });

export const dispositionsQuery = (id: number) =>
  queryOptions({
    queryKey: ['campaigns', 'dispositions', id],
    queryFn: () => unwrap(api.GET('/api/campaigns/{campaign_id}/dispositions', path(id))),
  });

export const scriptQuery = (id: number) =>
  queryOptions({
    queryKey: ['campaigns', 'script', id],
    queryFn: () => unwrap(api.GET('/api/campaigns/{campaign_id}/script', path(id))),
  });

export const amdReportQuery = (id: number) =>
  queryOptions({
    queryKey: ['campaigns', 'amd-report', id],
    queryFn: () => unwrap(api.GET('/api/campaigns/{campaign_id}/amd-report', path(id))),
    staleTime: 30_000,
  });
