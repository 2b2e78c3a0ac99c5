/** Names behind identifiers that many screens show and choose from: campaigns, people, groups, pause reasons, trunks, senders. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, unwrap } from './client';

export const campaignsQuery = queryOptions({
  queryKey: ['campaigns', 'list'],
  queryFn: () => unwrap(api.GET('/api/campaigns', { params: { query: { archived: true } } })),
  staleTime: 30_000,
});

export const usersQuery = queryOptions({
  queryKey: ['users', 'list'],
  queryFn: () => unwrap(api.GET('/api/users')),
  staleTime: 30_000,
});

export const groupsQuery = queryOptions({
  queryKey: ['groups'],
  queryFn: () => unwrap(api.GET('/api/groups')),
  staleTime: 60_000,
});

export const pauseReasonsQuery = queryOptions({
  queryKey: ['pause-reasons'],
  queryFn: () => unwrap(api.GET('/api/pause-reasons')),
  staleTime: 60_000,
});

export const trunksQuery = queryOptions({
  queryKey: ['trunks'],
  queryFn: () => unwrap(api.GET('/api/trunks')),
  staleTime: 30_000,
});

export const sendersQuery = queryOptions({
  queryKey: ['senders'],
  queryFn: () => unwrap(api.GET('/api/senders')),
  staleTime: 30_000,
});

export const presentedNumbersQuery = queryOptions({
  queryKey: ['presented-numbers'],
  queryFn: () => unwrap(api.GET('/api/presented-numbers')),
  staleTime: 30_000,
});

export const principalsQuery = queryOptions({
  queryKey: ['principals'],
  queryFn: () => unwrap(api.GET('/api/principals')),
  staleTime: 60_000,
});

export const customFieldsQuery = queryOptions({
  queryKey: ['custom-fields'],
  queryFn: () => unwrap(api.GET('/api/custom-fields')),
  staleTime: 60_000,
});

export interface Choice {
  value: string;
  label: string;
}

export function useCampaignChoices(): Choice[] {
  const { data } = useQuery(campaignsQuery);
  return (data?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
}

/** People who take calls: everybody may, so everybody active is listed. */
export function useAgentChoices(): Choice[] {
  const { data } = useQuery(usersQuery);
  return (data?.items ?? [])
    .filter((user) => user.is_active)
    .map(({ id, display_name }) => ({ value: String(id), label: display_name }));
}
