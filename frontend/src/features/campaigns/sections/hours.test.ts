import { expect, it } from 'vitest';
import { beyondLegal, LEGAL, ofDay } from './hours';

it('finds the hours of a day in order', () => {
  expect(ofDay([...LEGAL].reverse(), 0)).toEqual([
    [10, 13],
    [14, 20],
  ]);
  expect(ofDay(LEGAL, 6)).toEqual([]);
});

it('says when hours go beyond what the law allows', () => {
  expect(beyondLegal(LEGAL)).toBe(false);
  expect(beyondLegal([{ days: [0], from: '12:00', to: '15:00' }])).toBe(true);
  expect(beyondLegal([{ days: [5], from: '10:00', to: '12:00' }])).toBe(true);
});
