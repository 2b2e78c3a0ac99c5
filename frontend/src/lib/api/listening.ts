/** The notice of listening: asked by the agent's desktop before his first place, and by the lists of people. */
import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

export const listeningNoticeQuery = queryOptions({
  queryKey: ['listening-notice', 'mine'],
  queryFn: () => unwrap(api.GET('/api/listening-notice')),
  staleTime: 60_000,
});

export const acknowledgmentsQuery = queryOptions({
  queryKey: ['listening-notice', 'everybody'],
  queryFn: () => unwrap(api.GET('/api/listening-notice/acknowledgments')),
  staleTime: 30_000,
});
