/** What an entry of the audit log keeps, as lines to read: "Priorité : 2 → 5"; a person's own words come first. Pure. */

export interface Words {
  /** A field's name as people say it. */
  field: (key: string) => string;
  /** A single value. */
  value: (value: unknown) => string;
  line: (field: string, value: string) => string;
  reason: (text: string) => string;
}

type Facts = Record<string, unknown>;

const isFacts = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export function detailLines(detail: Facts, words: Words): string[] {
  const { reason, changes, before, after, fields, ...facts } = detail;
  const changed = (key: string, was: unknown, is: unknown): string =>
    words.line(words.field(key), `${said(was, words)} → ${said(is, words)}`);
  const told = (rest: Facts): string[] =>
    Object.entries(rest).map(([key, value]) => words.line(words.field(key), said(value, words)));
  const lines = typeof reason === 'string' && reason ? [words.reason(reason)] : told(given({ reason }));
  if (isFacts(changes))
    for (const [key, pair] of Object.entries(changes))
      lines.push(
        Array.isArray(pair) && pair.length === 2
          ? changed(key, pair[0], pair[1])
          : told({ [key]: pair }).join(''),
      );
  else lines.push(...told(given({ changes })));
  if (isFacts(before) && isFacts(after)) {
    for (const key of Object.keys(after))
      if (!same(before[key], after[key])) lines.push(changed(key, before[key], after[key]));
  } else if (typeof before === 'string' && typeof facts['name'] === 'string') {
    if (before !== facts['name']) lines.push(changed('name', before, facts['name']));
    delete facts['name'];
  } else lines.push(...told(given({ before, after })));
  if (isFacts(fields)) lines.push(...told(fields));
  else if (Array.isArray(fields))
    lines.push(
      words.line(words.field('fields'), fields.map((key) => words.field(String(key))).join(', ') || '–'),
    );
  else lines.push(...told(given({ fields })));
  return [...lines, ...told(facts)];
}

function given(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== ''));
}

function said(value: unknown, words: Words): string {
  if (Array.isArray(value)) return value.map((one) => said(one, words)).join(', ') || '–';
  if (isFacts(value))
    return `(${Object.entries(value)
      .map(([key, one]) => words.line(words.field(key), said(one, words)))
      .join(', ')})`;
  return words.value(value);
}
