import { expect, test } from 'vitest';
import { destination } from './row-keys';

test.each([
  ['ArrowDown', 3, 4],
  ['ArrowUp', 3, 2],
  ['PageDown', 3, 23],
  ['PageUp', 30, 10],
  ['Home', 30, 0],
  ['End', 3, 99],
  ['ArrowUp', 0, 0],
  ['ArrowDown', 99, 99],
  ['PageDown', 95, 99],
  ['PageUp', 5, 0],
])('%s from row %i of a hundred leads to row %i', (key, from, to) => {
  expect(destination(key, from, 100, 20)).toBe(to);
});

test('other keys lead nowhere', () => {
  expect(destination('Enter', 3, 100, 20)).toBeNull();
});
