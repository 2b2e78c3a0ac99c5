/** The pieces of a territory as the screen holds them; a radius is a town's code and kilometres, "69123:20". */
import type { components } from '@/lib/api/schema';

export type Territory = components['schemas']['TerritoryOut'];
export type Place = components['schemas']['Place'];
export type Part = components['schemas']['TerritoryPart'];
export type Kept = components['schemas']['Kept'];

export const RADIUS_KM = { min: 5, max: 200, usual: 20 };

export const keyOf = ({ kind, code }: Pick<Part, 'kind' | 'code'>): string => `${kind}/${code}`;

export const samePlaces = (one: Part[], other: Part[]): boolean =>
  one.length === other.length && one.every((part, n) => keyOf(part) === keyOf(other[n] as Part));

/** The town and the kilometres of a radius; none where the part is the town alone. */
export function townOf(part: Part): { town: string; km: number | null } | null {
  if (part.kind === 'town') return { town: part.code, km: null };
  if (part.kind !== 'radius') return null;
  const [town = '', km] = part.code.split(':');
  return { town, km: Number(km) };
}

/** The same town with another radius, or alone. */
export function withRadius(part: Part, km: number | null): Part {
  const town = townOf(part)?.town ?? part.code;
  const name = part.name.replace(/ \+ \d+\s?km$/, '');
  return km === null
    ? { kind: 'town', code: town, name }
    : { kind: 'radius', code: `${town}:${km}`, name: `${name} + ${km}\u202fkm` };
}

const OVERSEAS = /^97[1-6]$/;

/** A pasted column of codes: "69003, 69100; 38" are two postal codes and a department. Nothing where a word is no code. */
export function pastedParts(text: string): Part[] {
  const words = text
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  if (words.length < 2 || !words.every((word) => /^(\d{1,5}|2[AB])$/.test(word))) return [];
  return words.map((word): Part => {
    if (word.length === 5) return { kind: 'code', code: word, name: word };
    if (word.length === 2 || OVERSEAS.test(word)) return { kind: 'department', code: word, name: word };
    return { kind: 'prefix', code: word, name: `${word}…` };
  });
}

/** Each place once, the first stays. */
export function joined(parts: Part[], more: Part[]): Part[] {
  const byKey = new Map([...more, ...parts].map((part) => [keyOf(part), part]));
  const order = new Set([...parts, ...more].map(keyOf));
  return [...order].flatMap((key) => byKey.get(key) ?? []);
}
