/** The fields that a filter may ask about, and the values to choose from. */
import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';

export const catalogueQuery = queryOptions({
  queryKey: ['contact-filters'],
  queryFn: () => unwrap(api.GET('/api/contact-filters')),
  staleTime: 30_000,
});
