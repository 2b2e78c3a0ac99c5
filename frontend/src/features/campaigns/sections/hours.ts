/** Stretches of the week; pure. Times "HH:MM" become hours of the day, 0…24. */
import type { Hours } from '../types';

/** Code de la consommation D223-9. */
export const LEGAL: Hours[] = [
  { days: [0, 1, 2, 3, 4], from: '10:00', to: '13:00' },
  { days: [0, 1, 2, 3, 4], from: '14:00', to: '20:00' },
];

export function hourOf(clock: string): number {
  const [hours = '0', minutes = '0'] = clock.split(':');
  return Number(hours) + Number(minutes) / 60;
}

/** [from, to] of one day, in order. */
export function ofDay(stretches: readonly Hours[], day: number): [number, number][] {
  return stretches
    .filter(({ days }) => days.includes(day))
    .map(({ from, to }): [number, number] => [hourOf(from), hourOf(to)])
    .sort(([a], [b]) => a - b);
}

/** Whether some of it lies outside the hours that the law gives for consumers. */
export function beyondLegal(stretches: readonly Hours[]): boolean {
  return stretches.some(({ days, from, to }) =>
    days.some((day) => !ofDay(LEGAL, day).some(([start, end]) => start <= hourOf(from) && hourOf(to) <= end)),
  );
}
