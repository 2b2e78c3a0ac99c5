/** Dates and durations as desktop.md writes them: "lun. 23 nov. 14:05", "2 min 31 s", "02:31". */
import { currentLanguage } from '@/i18n';

type When = Date | string | number | null | undefined;

const formats = new Map<string, Intl.DateTimeFormat>();

function parts(at: Date, options: Intl.DateTimeFormatOptions): Record<string, string> {
  const language = currentLanguage() === 'en' ? 'en-GB' : 'fr-FR';
  const key = language + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(language, options);
    formats.set(key, format);
  }
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

function toDate(when: When): Date | null {
  if (when === null || when === undefined || when === '') return null;
  const at = new Date(when);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** "lun. 23 nov. 14:05", with the year when it is not this one. */
export function formatDateTime(when: When): string {
  const at = toDate(when);
  return at ? `${formatDate(at)} ${formatTime(at)}` : '';
}

/** The first of a month alone is an ordinal in French: "1er décembre", "2 décembre". */
function dayOfMonth(day = ''): string {
  return day === '1' && currentLanguage() !== 'en' ? '1er' : day;
}

/** "lun. 23 nov.", "mar. 1er déc.", with the year when it is not this one. */
export function formatDate(when: When): string {
  const at = toDate(when);
  if (!at) return '';
  const { weekday, day, month } = parts(at, { weekday: 'short', day: 'numeric', month: 'short' });
  const year = at.getFullYear() === new Date().getFullYear() ? '' : ` ${at.getFullYear()}`;
  return `${weekday} ${dayOfMonth(day)} ${month}${year}`;
}

/** "26 novembre 2026", of a day "2026-11-26"; what is no day, as it is. */
export function formatDay(text: string): string {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? toDate(`${text}T12:00:00`) : null;
  if (!at) return text;
  const { day, month, year } = parts(at, { day: 'numeric', month: 'long', year: 'numeric' });
  return `${dayOfMonth(day)} ${month} ${year}`;
}

/** "14:05" */
export function formatTime(when: When): string {
  const at = toDate(when);
  if (!at) return '';
  const { hour, minute } = parts(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `${hour}:${minute}`;
}

/** "lun. 23 nov. 14:05" where the clocks show `timeZone`: at a contact's, say; with the year when it is not this one. */
export function formatInZone(when: When, timeZone: string): string {
  const at = toDate(when);
  if (!at) return '';
  const { weekday, day, month } = parts(at, { weekday: 'short', day: 'numeric', month: 'short', timeZone });
  const year = parts(at, { year: 'numeric', timeZone })['year'];
  const thisYear = parts(new Date(), { year: 'numeric', timeZone })['year'];
  const { hour, minute } = parts(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  return `${weekday} ${dayOfMonth(day)} ${month}${year === thisYear ? '' : ` ${year}`} ${hour}:${minute}`;
}

/** The instant at which the clocks of `timeZone` show `wall` ("2026-11-26T14:00"), whatever the reader's own clock shows. */
export function instantIn(wall: string, timeZone: string): Date {
  const told = Date.parse(`${wall.slice(0, 16).replace(' ', 'T')}:00Z`);
  const ahead = (at: number): number =>
    Date.parse(`${wallIn(at, timeZone)}:00Z`) - Math.floor(at / 60_000) * 60_000;
  const near = told - ahead(told);
  return new Date(told - ahead(near));
}

/** "2026-11-26T14:00": what the clocks of `timeZone` show at an instant. */
export function wallIn(when: Date | number, timeZone: string): string {
  const { year, month, day, hour, minute } = parts(new Date(when), {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/** Where the clocks show `timeZone`, named only where the reader's own clock is another: "La Réunion", else "". */
export function elsewhere(timeZone: string): string {
  return !timeZone || timeZone === Intl.DateTimeFormat().resolvedOptions().timeZone ? '' : zoneName(timeZone);
}

/** "La Réunion": the place whose clocks these are. */
export function zoneName(timeZone: string): string {
  return ZONES[timeZone] ?? (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}

const ZONES: Record<string, string> = {
  'Indian/Reunion': 'La Réunion',
  'America/Cayenne': 'Guyane',
  'America/Miquelon': 'Saint-Pierre-et-Miquelon',
  'Pacific/Noumea': 'Nouvelle-Calédonie',
  'Pacific/Tahiti': 'Polynésie française',
  'Pacific/Wallis': 'Wallis-et-Futuna',
  'Indian/Mayotte': 'Mayotte',
};

/** "auj. 14:05" would move as days pass: today is the time alone, other days the date and time. */
export function formatWhen(when: When): string {
  const at = toDate(when);
  if (!at) return '';
  return at.toDateString() === new Date().toDateString() ? formatTime(at) : formatDateTime(at);
}

/** Seconds → "02:31", or "1:02:31" from an hour. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}

/** Seconds → "2 min 31 s", "1 h 02 min", "8 s". */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return '';
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (h) return `${h} h ${String(m).padStart(2, '0')} min`;
  if (m) return s ? `${m} min ${String(s).padStart(2, '0')} s` : `${m} min`;
  return `${s} s`;
}
