/** The moments most often promised, from now; pure. Never a Saturday, a Sunday, or the past. */

export interface Preset {
  key:
    'in_one_hour' | 'in_two_hours' | 'this_evening' | 'next_day_morning' | 'next_day_afternoon' | 'next_week';
  at: Date;
}

const FIVE_MINUTES_MS = 300_000;

function later(now: Date, hours: number): Date {
  return new Date(Math.ceil((now.getTime() + hours * 3_600_000) / FIVE_MINUTES_MS) * FIVE_MINUTES_MS);
}

function dayAt(now: Date, plusDays: number, hour: number, minute = 0): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + plusDays, hour, minute);
}

function nextWorkingDay(now: Date): number {
  return { 5: 3, 6: 2 }[now.getDay()] ?? 1;
}

/** The same day next week, or its Monday. */
function nextWeek(now: Date): number {
  return { 6: 9, 0: 8 }[now.getDay()] ?? 7;
}

export function presets(now: Date): Preset[] {
  const next = nextWorkingDay(now);
  const all: Preset[] = [
    { key: 'in_one_hour', at: later(now, 1) },
    { key: 'in_two_hours', at: later(now, 2) },
    { key: 'this_evening', at: dayAt(now, 0, 18) },
    { key: 'next_day_morning', at: dayAt(now, next, 10) },
    { key: 'next_day_afternoon', at: dayAt(now, next, 14, 30) },
    { key: 'next_week', at: dayAt(now, nextWeek(now), 10) },
  ];
  const tooLate = (at: Date): boolean => at.getHours() >= 20 || at.getHours() < 8;
  return all.filter(({ at }) => at > now && ![0, 6].includes(at.getDay()) && !tooLate(at));
}
