/** What the dialog of exports asks for. */
import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import type { Subject } from './types';

export const columnsQuery = (subject: Subject, campaignId: number | undefined) =>
  queryOptions({
    queryKey: ['exports', 'columns', subject, campaignId],
    queryFn: () =>
      unwrap(
        api.GET('/api/exports/columns', {
          params: { query: { subject, ...(campaignId ? { campaign_id: campaignId } : {}) } },
        }),
      ),
  });

export const layoutsQuery = (subject: Subject) =>
  queryOptions({
    queryKey: ['exports', 'layouts', subject],
    queryFn: () => unwrap(api.GET('/api/export-layouts', { params: { query: { subject } } })),
  });

export const countQuery = (subject: Subject, filters: Record<string, unknown>) =>
  queryOptions({
    queryKey: ['exports', 'count', subject, filters],
    queryFn: () => unwrap(api.POST('/api/exports/count', { body: { subject, filters } })),
    staleTime: 0,
  });
