/** The quick fields above the table and the conditions of the advanced search, as one question. */
import { type Filter, type Op, toFilter, type Tree, type Value } from '@/components/filter/tree';

interface Quick {
  words: string | undefined;
  campaign: number | undefined;
  batch: number | undefined;
}

/** The quick fields and the panel, together. */
export function wholeFilter({ words, campaign, batch }: Quick, tree: Tree): Filter {
  const panel = toFilter(tree);
  const ask = (field: string, op: Op, value: Value): Filter => ({ field, op, value, campaign_id: null });
  const nodes: Filter[] = [
    ...(words?.trim() ? [ask('words', 'contains', words.trim())] : []),
    ...(campaign ? [ask('campaign', 'one_of', [campaign])] : []),
    ...(batch ? [ask('batch', 'one_of', [batch])] : []),
    ...(panel ? [panel] : []),
  ];
  return { all: nodes };
}
