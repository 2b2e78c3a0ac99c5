/** What the screen of persons' data asks for; a removal or an archive under way is asked again each second. */
import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import { usePages } from '@/lib/api/pages';

const EVERY_MS = 1000;

export const retentionQuery = queryOptions({
  queryKey: ['privacy', 'retention'],
  queryFn: () => unwrap(api.GET('/api/privacy/retention')),
  refetchInterval: ({ state }) => (state.data?.running ? EVERY_MS : false),
  staleTime: 0,
});

export const useRetentionRuns = (isRunning: boolean) =>
  usePages(
    ['privacy', 'runs'],
    (cursor) =>
      unwrap(api.GET('/api/privacy/retention/runs', { params: { query: cursor ? { cursor } : {} } })),
    { refetchMs: isRunning ? EVERY_MS : false },
  );

export const accessRequestsQuery = queryOptions({
  queryKey: ['privacy', 'access'],
  queryFn: () => unwrap(api.GET('/api/privacy/access-requests')),
  refetchInterval: ({ state }) => (state.data?.some((one) => one.status === 'queued') ? EVERY_MS : false),
  staleTime: 0,
});

/** In the reader's language, which the key holds. */
export const registerQuery = (language: string) =>
  queryOptions({
    queryKey: ['privacy', 'register', language],
    queryFn: () => unwrap(api.GET('/api/privacy/register')),
    staleTime: 0,
  });

export const noticesQuery = (siren: string, language: string) =>
  queryOptions({
    queryKey: ['privacy', 'notices', siren, language],
    queryFn: () => unwrap(api.GET('/api/privacy/notices', { params: { query: { siren } } })),
    staleTime: 0,
  });
