import { expect, test } from 'vitest';
import { emptyTree, type Line } from '@/components/filter/tree';
import { wholeFilter } from './whole';

const dole: Line = { kind: 'line', not: false, field: 'city', op: 'is', value: 'Dole', campaign: null };

test('the quick fields and the panel are asked together', () => {
  const tree = { ...emptyTree(), items: [dole] };
  expect(wholeFilter({ words: ' lef ', campaign: 2, batch: undefined }, tree)).toEqual({
    all: [
      { field: 'words', op: 'contains', value: 'lef', campaign_id: null },
      { field: 'campaign', op: 'one_of', value: [2], campaign_id: null },
      { all: [{ field: 'city', op: 'is', value: 'Dole', campaign_id: null }] },
    ],
  });
});
