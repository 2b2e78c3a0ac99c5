/** A filter in words: "Ville contient « Dole »", "Dernier appel : il y a plus de 7 jours". */
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/format/number';
import { formatDate } from '@/lib/format/time';
import { type Names, useNames } from './names';
import { type Catalogue, type Field, type Line, toFilter, type Tree, type Value } from './tree';

export interface FilterWords {
  line: (line: Line) => string;
  /** The whole tree on one line. */
  tree: (tree: Tree) => string;
}

const DAYS = ['last_days', 'next_days', 'before_days'];

export function useFilterWords(catalogue: Catalogue | undefined): FilterWords {
  const { t } = useTranslation('search');
  const names = useNames(catalogue);
  const campaigns = catalogue?.sources.find(({ source }) => source === 'campaigns')?.choices ?? [];

  const gone = (id: number): string => t('said.gone', { id });
  const asked = (line: Line, field: Field): string => {
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
    const said = asked(one, field);
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
