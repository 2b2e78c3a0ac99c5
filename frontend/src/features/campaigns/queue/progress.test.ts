import { expect, test } from 'vitest';
import { progressOf } from './progress';
import type { Recycling } from './types';

const row = (some: Partial<Recycling>): Recycling =>
  ({ status: 'running', expected: 100, recycled: 40, restored: 0, kept: 0, ...some }) as Recycling;

test('what is put back is counted against what was expected', () => {
  expect(progressOf(row({}))).toEqual({ done: 40, total: 100 });
});

test('an undo counts what it restored and what it left against what had been put back', () => {
  expect(progressOf(row({ status: 'undoing', restored: 10, kept: 5 }))).toEqual({ done: 15, total: 40 });
});
