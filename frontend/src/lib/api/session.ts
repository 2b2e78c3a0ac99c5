/** Who is signed in: one query, asked once, kept until the session ends. */
import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { api, unwrap } from './client';
import { ApiError } from './error';
import type { components } from './schema';
import { untilStarted } from './starting';

export type Me = components['schemas']['Me'];
export type Role = Me['role'];

export const meQuery = queryOptions({
  queryKey: ['auth', 'me'],
  queryFn: async (): Promise<Me | null> => {
    try {
      return await unwrap(api.GET('/api/auth/me'));
    } catch (error) {
      if (error instanceof ApiError && (error.status === 401 || error.status === 403)) return null;
      throw error;
    }
  },
  staleTime: Infinity,
  ...untilStarted(1),
});

/** The signed-in user; only below routes that require one. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(meQuery);
  if (!data) throw new ApiError({ code: 'signed_out', message: '' }, 401);
  return data;
}

export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await unwrap(api.POST('/api/auth/logout'));
    client.clear();
    window.location.assign('/login');
  };
}

/** Where a role starts its day. */
export function homeOf(role: Role): '/agent' | '/floor' {
  return role === 'agent' ? '/agent' : '/floor';
}
