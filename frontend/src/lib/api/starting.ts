/** The proxy answers, and what is behind it does not yet: it starts, or starts again. Waited for, a minute at most. */
import { ApiError } from './error';

const BEHIND_THE_PROXY = new Set([502, 503, 504]);
const EVERY_MS = 1000;
const TIMES = 60;

export function isStarting(error: unknown): boolean {
  return error instanceof ApiError && BEHIND_THE_PROXY.has(error.status);
}

/** For a query or a mutation: asked again each second while it starts; other failures `otherwise` times. */
export function untilStarted(otherwise: number): {
  retry: (failures: number, error: unknown) => boolean;
  retryDelay: number;
} {
  return {
    retry: (failures, error) => failures < (isStarting(error) ? TIMES : otherwise),
    retryDelay: EVERY_MS,
  };
}
