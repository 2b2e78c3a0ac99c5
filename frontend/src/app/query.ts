/** The one query client: business refusals are not tried again, an unreachable server is. */
import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '@/lib/api/error';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status > 0),
    },
  },
});
