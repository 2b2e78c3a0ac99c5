import { expect, test } from 'vitest';
import { countLines, emptyTree, fromFilter, toFilter, type Filter, type Line, without } from './tree';

const town = (value: string | null): Line => ({
  kind: 'line',
  not: false,
  field: 'city',
  op: 'is',
  value,
  campaign: null,
});

test('a line without a value asks nothing', () => {
  expect(toFilter({ ...emptyTree(), items: [town(null), town('  ')] })).toBeNull();
  expect(countLines({ ...emptyTree(), items: [town(null), town('Dole')] })).toBe(1);
});

test('groups and negations go to the API and come back', () => {
  const filter: Filter = {
    any: [
      { field: 'city', op: 'is', value: 'Dole', campaign_id: null },
      { not: { field: 'attempts', op: 'between', value: [1, 3], campaign_id: 4 } },
      { not: { all: [{ field: 'batch', op: 'known', value: true, campaign_id: null }] } },
    ],
  };
  expect(toFilter(fromFilter(filter))).toEqual(filter);
});

test.each([
  ['attempts', [60, 9], [9, 60]],
  ['called', ['2026-11-30', '2026-11-23'], ['2026-11-23', '2026-11-30']],
])(
  'a span of %s is asked from its lower to its upper end, whichever was typed first',
  (field, value, asked) => {
    const tree = fromFilter({ field, op: 'between', value, campaign_id: null });
    expect(toFilter(tree)).toMatchObject({ all: [{ value: asked }] });
  },
);

test('one condition alone becomes a group', () => {
  const filter: Filter = { field: 'city', op: 'is', value: 'Dole', campaign_id: null };
  expect(toFilter(fromFilter(filter))).toEqual({ all: [filter] });
});

test('what is taken out leaves no empty group behind', () => {
  const inner = { ...emptyTree(), items: [town('Dole')] };
  const tree = { ...emptyTree(), items: [town('Paris'), inner] };
  expect(without(tree, [1, 0]).items).toEqual([town('Paris')]);
  expect(without(tree, [0]).items).toEqual([inner]);
});
