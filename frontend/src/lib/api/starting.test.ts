import { describe, expect, it } from 'vitest';
import { ApiError } from './error';
import { isStarting, untilStarted } from './starting';

const refused = (status: number): ApiError => new ApiError({ code: 'x', message: '' }, status);

describe('a server that starts', () => {
  it('is known by what the proxy says in its place', () => {
    expect([502, 503, 504].map((status) => isStarting(refused(status)))).toEqual([true, true, true]);
    expect([0, 401, 403, 500].some((status) => isStarting(refused(status)))).toBe(false);
    expect(isStarting(new Error('fetch failed'))).toBe(false);
  });
  it('is asked again for a minute, while a refusal is not', () => {
    const { retry } = untilStarted(0);
    expect([retry(0, refused(502)), retry(59, refused(502)), retry(60, refused(502))]).toEqual([
      true,
      true,
      false,
    ]);
    expect(retry(0, refused(401))).toBe(false);
  });
});
