/** Days "YYYY-MM-DD" as the floor counts them: from midnight to midnight in Paris, wherever the browser is. */
const ZONE = 'Europe/Paris';
const DAY_MS = 86_400_000;
const asDay = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, dateStyle: 'short' });
const asClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

export function dayOf(at: Date | number): string {
  return asDay.format(at);
}

export function today(): string {
  return dayOf(Date.now());
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The instant at which the day begins in Paris, ISO 8601 in UTC. */
export function startOfDay(day: string): string {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // At 00:00 UTC it is 01:00 or 02:00 in Paris: that much earlier was midnight there.
  const hours = Number(asClock.format(utc).slice(0, 2));
  return new Date(utc - hours * 3_600_000).toISOString();
}

/** The Monday of the day's week. */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7));
}
