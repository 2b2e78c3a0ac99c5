/** The health of presented numbers, from the API: asked beside the list, which does not wait for it. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { notifyError } from '@/components/notify';
import type { TagColor } from '@/components/Tag';
import { api, unwrap } from '@/lib/api/client';
import type { components } from '@/lib/api/schema';

export type PresentedNumber = components['schemas']['PresentedNumberOut'];
export type Health = components['schemas']['NumberHealth'];

export const healthQuery = queryOptions({
  queryKey: ['presented-numbers', 'health'],
  queryFn: () => unwrap(api.GET('/api/presented-numbers/health')),
  staleTime: 60_000,
});

/** What is at rest is neither well nor ill. */
export type Shown = Health['state'] | 'resting';
export const COLORS: Record<Shown, TagColor> = {
  ok: 'ready',
  watch: 'wrap_up',
  degraded: 'fault',
  unknown: 'pause',
  resting: 'offline',
};

export const shownState = (row: PresentedNumber, health: Health | undefined): Shown =>
  row.active ? (health?.state ?? 'unknown') : 'resting';

/** At rest, no campaign shows it; its figures stay. */
export function useRest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, active }: { id: number; active: boolean }) =>
      unwrap(
        api.PATCH('/api/presented-numbers/{number_id}', {
          params: { path: { number_id: id } },
          body: { active },
        }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['presented-numbers'] });
      void client.invalidateQueries({ queryKey: ['campaigns'] });
    },
    onError: notifyError,
  });
}
