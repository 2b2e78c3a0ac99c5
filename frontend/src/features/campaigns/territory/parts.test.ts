import { describe, expect, it } from 'vitest';
import { joined, type Part, pastedParts, townOf, withRadius } from './parts';

const LYON: Part = { kind: 'town', code: '69123', name: 'Lyon' };

describe('territory', () => {
  it('a town takes a radius, changes it and loses it', () => {
    const around = withRadius(LYON, 20);
    expect(around).toEqual({ kind: 'radius', code: '69123:20', name: 'Lyon + 20\u202fkm' });
    expect(withRadius(around, 50).name).toBe('Lyon + 50\u202fkm');
    expect(withRadius(around, null)).toEqual(LYON);
    expect(townOf(around)).toEqual({ town: '69123', km: 20 });
    expect(townOf({ kind: 'code', code: '69003', name: '69003' })).toBeNull();
  });

  it('a pasted list is codes, departments and beginnings', () => {
    const kinds = pastedParts('69003, 2a;971 690\n7').map(({ kind, code }) => `${kind} ${code}`);
    expect(kinds).toEqual(['code 69003', 'department 2A', 'department 971', 'prefix 690', 'prefix 7']);
  });

  it('one word, or words that are no codes, are typed and not pasted', () => {
    expect(pastedParts('69003')).toEqual([]);
    expect(pastedParts('Lyon 69003')).toEqual([]);
  });

  it('a place is there once', () => {
    expect(joined([LYON], [LYON, { kind: 'code', code: '1', name: '1' }])).toHaveLength(2);
  });
});
