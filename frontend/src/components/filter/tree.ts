/** A filter as its builder edits it, and as the API takes it. Conditions without a value yet are left out of the question. */
import type { components } from '@/lib/api/schema';

type Words = components['schemas'];
export type Filter = Words['All'] | Words['AnyOf'] | Words['Not'] | Words['Condition'];
export type Condition = Words['Condition'];
export type Op = Condition['op'];
export type Value = Condition['value'];
export type Field = Words['FilterField'];
export type Catalogue = Words['FilterCatalogue'];

export interface Line {
  kind: 'line';
  not: boolean;
  field: string;
  op: Op;
  value: Value | null;
  campaign: number | null;
}

export interface Tree {
  kind: 'group';
  join: 'all' | 'any';
  not: boolean;
  items: (Line | Tree)[];
}

export const emptyTree = (): Tree => ({ kind: 'group', join: 'all', not: false, items: [] });

/** The conditions of a tree, in their order. */
export const linesOf = (tree: Tree): Line[] =>
  tree.items.flatMap((item) => (item.kind === 'line' ? [item] : linesOf(item)));

export const MAX_LEVEL = 3;

/** What a new line of a field asks first. */
export function newLine(field: Field): Line {
  const op = field.ops[0] ?? 'is';
  return { kind: 'line', not: false, field: field.id, op, value: firstValue(field, op), campaign: null };
}

/** A value to begin with, where the operator needs none to be typed. */
export function firstValue(field: Field, op: Op): Value | null {
  if (op === 'known' || field.kind === 'yes_no') return true;
  return op === 'last_days' || op === 'next_days' || op === 'before_days' ? 7 : null;
}

const isFilled = (value: Value | null): value is Value =>
  value !== null &&
  (typeof value !== 'string' || value.trim() !== '') &&
  (!Array.isArray(value) || (value.length > 0 && value.every((part) => part !== '')));

/** Two numbers or two days in their order, whichever was typed first. */
const upright = (value: Value): Value =>
  Array.isArray(value) ? value.toSorted((a, b) => (a < b ? -1 : 1)) : value;

const negated = (node: Filter, not: boolean): Filter => (not ? { not: node } : node);

/** Null where nothing is asked. */
export function toFilter(tree: Tree | Line): Filter | null {
  if (tree.kind === 'line') {
    if (!isFilled(tree.value)) return null;
    const { field, op, campaign } = tree;
    const value = op === 'between' ? upright(tree.value) : tree.value;
    return negated({ field, op, value, campaign_id: campaign }, tree.not);
  }
  const nodes = tree.items.map(toFilter).filter((node) => node !== null);
  if (nodes.length === 0) return null;
  return negated(tree.join === 'all' ? { all: nodes } : { any: nodes }, tree.not);
}

/** Any filter that the API may give; one that is a single condition becomes a group of one. */
export function fromFilter(filter: Filter): Tree {
  const node = read(filter, false);
  return node.kind === 'group' ? node : { ...emptyTree(), items: [node] };
}

function read(node: Filter, not: boolean): Tree | Line {
  if ('not' in node) return read(node.not, !not);
  if ('all' in node)
    return { kind: 'group', join: 'all', not, items: node.all.map((one) => read(one, false)) };
  if ('any' in node)
    return { kind: 'group', join: 'any', not, items: node.any.map((one) => read(one, false)) };
  const { field, op, value, campaign_id: campaign = null } = node; // absent where it was kept
  return { kind: 'line', not, field, op, value, campaign };
}

/** How many conditions are asked. */
export function countLines(tree: Tree | Line): number {
  if (tree.kind === 'line') return toFilter(tree) ? 1 : 0;
  return tree.items.reduce((sum, item) => sum + countLines(item), 0);
}

/** Places of items from the root: [2, 0] is the first of the third group. */
export type Path = number[];

/** Without the item there, nor the groups that it leaves empty. */
export function without(tree: Tree, [at, ...rest]: Path): Tree {
  const items = tree.items.flatMap((item, index) => {
    if (index !== at) return [item];
    if (rest.length === 0 || item.kind === 'line') return [];
    const left = without(item, rest);
    return left.items.length ? [left] : [];
  });
  return { ...tree, items };
}
