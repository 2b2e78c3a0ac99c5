/** Fills a script's text with the record's fields; pure. The result is pieces of text: nothing in it is ever markup. */

export interface Piece {
  text: string;
  /** `missing`: a field that this contact has not. */
  kind: 'text' | 'field' | 'missing';
}

export type Values = Record<string, unknown>;

const PLACEHOLDER = /{{\s*([\w.]+)\s*((?:\|[^}]*)?)}}/g;
const DEFAULT = /\|\s*default:\s*(?:"([^"]*)"|'([^']*)')/;

function lookUp(values: Values, path: string): string {
  let value: unknown = values;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return '';
    value = (value as Values)[key];
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function filtered(text: string, filters: string): string {
  if (/\|\s*upcase/.test(filters)) return text.toLocaleUpperCase();
  if (/\|\s*downcase/.test(filters)) return text.toLocaleLowerCase();
  if (/\|\s*capitalize/.test(filters)) return text.charAt(0).toLocaleUpperCase() + text.slice(1);
  return text;
}

/** `{{ contact.last_name }}`, with `| default: "…"`, `| upcase`, `| downcase`, `| capitalize`; other filters change nothing. */
export function fill(text: string, values: Values): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const [whole, path = '', filters = ''] = match;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), kind: 'text' });
    end = match.index + whole.length;
    const found = lookUp(values, path);
    const fallback = DEFAULT.exec(filters);
    if (found) pieces.push({ text: filtered(found, filters), kind: 'field' });
    else if (fallback) pieces.push({ text: fallback[1] ?? fallback[2] ?? '', kind: 'text' });
    else pieces.push({ text: path, kind: 'missing' });
  }
  if (end < text.length) pieces.push({ text: text.slice(end), kind: 'text' });
  return pieces;
}
