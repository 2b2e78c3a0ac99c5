/** A filter in words: "Ville contient « Dole »", "Dernier appel : il y a plus de 7 jours". */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { batchesNamedQuery } from '@/components/pickers/batches';
import { formatNumber } from '@/lib/format/number';
import { formatDate } from '@/lib/format/time';
import { type Choice, type Names, useNames } from './names';
import { type Catalogue, type Field, type Line, linesOf, toFilter, type Tree, type Value } from './tree';

export interface FilterWords {
  line: (line: Line) => string;
  /** The whole tree on one line. */
  tree: (tree: Tree) => string;
}

const DAYS = ['last_days', 'next_days', 'before_days'];

/** `asked`: the tree that is going to be told, of which batches may be older than those of the catalogue. */
export function useFilterWords(catalogue: Catalogue | undefined, asked: Tree): FilterWords {
  const { t } = useTranslation('search');
  const known = useNames(catalogue);
  const older = useOlderBatches(catalogue, asked);
  const names: Names = {
    ...known,
    choices: (field) => [...known.choices(field), ...(field.source === 'batches' ? older : [])],
  };
  const campaigns = catalogue?.sources.find(({ source }) => source === 'campaigns')?.choices ?? [];

  const gone = (id: number): string => t('said.gone', { id });
  const comparison = (line: Line, field: Field): string => {
    const { op, not, value } = line;
    if (op === 'known') return t((value === false) !== not ? 'notOp.known' : 'op.known');
    if (field.kind === 'yes_no') return `:${t((value === false) !== not ? 'no' : 'yes')}`;
    if (op === 'one_of')
      return t(not ? 'said.noneOf' : 'said.oneOf', { values: listed(names, field, value, gone) });
    if (DAYS.includes(op))
      return t(`said.${not ? 'not_' : ''}${op}` as 'said.last_days', { count: Number(value) });
    const family = ['date', 'moment', 'number'].includes(field.kind) ? field.kind : 'text';
    const word = t(
      not ? [`notOp.${family}.${op}`, `notOp.${op}`] : [`op.${family}.${op}`, `op.${op}`],
    ) as string;
    if (op === 'between' && Array.isArray(value))
      return `${word} ${value.map((part) => shown(field, part)).join(` ${t('and')} `)}`;
    return `${word} ${shown(field, value, t('said.quoted', { text: String(value) }))}`;
  };
  const line = (one: Line): string => {
    const field = catalogue?.fields.find(({ id }) => id === one.field);
    if (!field) return t('gone');
    const campaign = campaigns.find(({ value }) => Number(value) === one.campaign);
    const said = comparison(one, field);
    const words = said.startsWith(':')
      ? `${names.field(field)}${t('said.colon')}${said.slice(1).trim()}`
      : `${names.field(field)} ${said}`;
    return campaign ? t('said.inCampaign', { words, campaign: campaign.label }) : words;
  };
  const tree = (whole: Tree): string => {
    const parts = whole.items
      .filter((item) => toFilter(item) !== null)
      .map((item) => (item.kind === 'line' ? line(item) : nested(item)));
    return parts.join(` ${t(whole.join === 'all' ? 'said.and' : 'said.or')} `);
  };
  const nested = (group: Tree): string => `${group.not ? `${t('said.except')} ` : ''}(${tree(group)})`;
  return { line, tree };
}

/** The batches that a tree names and the catalogue does not: it has the newest only. */
function useOlderBatches(catalogue: Catalogue | undefined, tree: Tree): Choice[] {
  const known = catalogue?.sources.find(({ source }) => source === 'batches')?.choices;
  const fields = new Set(catalogue?.fields.flatMap(({ id, source }) => (source === 'batches' ? [id] : [])));
  const ids = linesOf(tree)
    .filter(({ field, op }) => op === 'one_of' && fields.has(field))
    .flatMap(({ value }) => (Array.isArray(value) ? value.map(Number) : []))
    .filter((id) => known?.every(({ value }) => value !== String(id)));
  const { data, isLoading } = useQuery(batchesNamedQuery(ids));
  // Until they are named, nothing says that they are gone.
  if (isLoading) return ids.map((id) => ({ value: String(id), label: '…' }));
  return (data ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
}

function listed(names: Names, field: Field, value: Value | null, gone: (id: number) => string): string {
  const unknown = (part: unknown): string => (typeof part === 'number' ? gone(part) : String(part));
  const choices = new Map(names.choices(field).map((choice) => [choice.value, choice.label]));
  const parts = Array.isArray(value) ? value.map((part) => choices.get(String(part)) ?? unknown(part)) : [];
  return parts.length > 4
    ? `${parts.slice(0, 3).join(', ')}… (${formatNumber(parts.length)})`
    : parts.join(', ');
}

function shown(field: Field, value: Value | null, text = String(value)): string {
  if (typeof value === 'number') return formatNumber(value);
  return field.kind === 'date' || field.kind === 'moment' ? formatDate(String(value)) : text;
}
