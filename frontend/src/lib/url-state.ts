/** Filters, sorting and tabs live in the URL: a screen can be sent to somebody, and "back" works. */
import { useNavigate, useSearch } from '@tanstack/react-router';

/** The URL's search values, all strings, and a change of some of them (undefined or '' takes one out). */
export function useUrlState<Key extends string>(): [
  Partial<Record<Key, string>>,
  (change: Partial<Record<Key, string | undefined>>) => void,
] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const values = Object.fromEntries(
    Object.entries(search).map(([key, value]) => [key, String(value)]),
  ) as Partial<Record<Key, string>>;
  const change = (some: Partial<Record<Key, string | undefined>>): void => {
    const next = Object.entries({ ...search, ...some }).filter(
      ([, value]) => value !== undefined && value !== '',
    );
    void navigate({ to: '.', search: Object.fromEntries(next) as never, replace: true });
  };
  return [values, change];
}
