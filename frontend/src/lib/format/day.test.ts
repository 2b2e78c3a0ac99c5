import { expect, it } from 'vitest';
import { addDays, dayOf, mondayOf, startOfDay } from './day';

it('begins a day at midnight in Paris, in winter and in summer', () => {
  expect(startOfDay('2026-11-23')).toBe('2026-11-22T23:00:00.000Z');
  expect(startOfDay('2026-07-14')).toBe('2026-07-13T22:00:00.000Z');
});

it('names the day that Paris is in', () => {
  expect(dayOf(Date.parse('2026-11-22T23:30:00Z'))).toBe('2026-11-23');
});

it('counts days and weeks', () => {
  expect(addDays('2026-10-31', 1)).toBe('2026-11-01');
  expect(mondayOf('2026-11-29')).toBe('2026-11-23');
});
