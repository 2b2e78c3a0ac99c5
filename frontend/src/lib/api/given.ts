/** Query values as the API wants them: what is not set is left out. */
type Set<T> = { [K in keyof T]?: Exclude<T[K], undefined | null> };

export function given<T extends object>(values: T): Set<T> {
  const kept = Object.entries(values).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  return Object.fromEntries(kept) as Set<T>;
}

/** A number held in the URL. */
export function toId(text: string | undefined): number | undefined {
  const id = Number(text);
  return text && Number.isInteger(id) ? id : undefined;
}

/** "oui" / "non" held in the URL as 1 / 0. */
export function toFlag(text: string | undefined): boolean | undefined {
  return text === '1' ? true : text === '0' ? false : undefined;
}
