import { expect, it } from 'vitest';
import { changesTogether } from './changes-together';
import type { Change } from './types';

const change = (id: string, some: Partial<Change> = {}): Change => ({
  id,
  at: '2026-11-23T09:00:00Z',
  actor: null,
  source: 'agent',
  batch: null,
  field: 'city',
  kind: null,
  before: 'Besançon',
  after: 'Dole',
  erased: false,
  former_id: null,
  rolled_back: false,
  restorable: true,
  undoable: false,
  ...some,
});

it('keeps what one act wrote in one group', () => {
  expect(changesTogether([change('c2'), change('c1')])).toHaveLength(1);
});

it('parts what another person, instant or way wrote', () => {
  const groups = changesTogether([
    change('c4'),
    change('c3', { actor: { id: 7, name: 'Nadia' } }),
    change('c2', { at: '2026-11-22T09:00:00Z' }),
    change('c1', { source: 'merge' }),
  ]);
  expect(groups.map(([first]) => first.id)).toEqual(['c4', 'c3', 'c2', 'c1']);
});

it('has nothing to say of nothing', () => {
  expect(changesTogether([])).toEqual([]);
});
