/** What the order's and the lists' screen asks for. */
import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import type { components } from '@/lib/api/schema';

type Words = components['schemas'];
export type Steering = Words['SteeringOut'];
export type Order = Words['OrderIn'];
export type CampaignList = Words['ListOut'];

const path = (id: number) => ({ params: { path: { campaign_id: id } } });

export const steeringQuery = (id: number) =>
  queryOptions({
    queryKey: ['campaigns', 'steering', id],
    queryFn: () => unwrap(api.GET('/api/campaigns/{campaign_id}/steering', path(id))),
    staleTime: 0,
    // While entries find their place the progress is followed.
    refetchInterval: ({ state }) => (state.data?.progress ? 1500 : false),
  });

export const listsQuery = (id: number) =>
  queryOptions({
    queryKey: ['campaigns', 'lists', id],
    queryFn: () => unwrap(api.GET('/api/campaigns/{campaign_id}/lists', path(id))),
    staleTime: 0,
  });

export const orderFieldsQuery = queryOptions({
  queryKey: ['campaigns', 'order-fields'],
  queryFn: () => unwrap(api.GET('/api/order-fields')),
});
