/** Understands when to call again as a person types it: "dans 1 h", "demain 10h", "lundi 14h30", "23/11 9h", "tomorrow 2pm"; pure. */

const DAYS = [
  ['dimanche', 'dim', 'sunday', 'sun'],
  ['lundi', 'lun', 'monday', 'mon'],
  ['mardi', 'mar', 'tuesday', 'tue'],
  ['mercredi', 'mer', 'wednesday', 'wed'],
  ['jeudi', 'jeu', 'thursday', 'thu'],
  ['vendredi', 'ven', 'friday', 'fri'],
  ['samedi', 'sam', 'saturday', 'sat'],
];
const MONTHS = [
  ['janvier', 'janv', 'jan', 'january'],
  ['fevrier', 'fevr', 'fev', 'february', 'feb'],
  ['mars', 'mar', 'march'],
  ['avril', 'avr', 'april', 'apr'],
  ['mai', 'may'],
  ['juin', 'june', 'jun'],
  ['juillet', 'juil', 'july', 'jul'],
  ['aout', 'aug', 'august'],
  ['septembre', 'sept', 'sep', 'september'],
  ['octobre', 'oct', 'october'],
  ['novembre', 'nov', 'november'],
  ['decembre', 'dec', 'december'],
];
const FILLER = /\b(le|la|a|at|on|the|vers|prochain|prochaine|next|de|du|l)\b/g;
const DEFAULT_HOUR = 10;
const UNIT_MS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

interface Reading {
  rest: string;
  now: Date;
}

function take(reading: Reading, pattern: RegExp): RegExpExecArray | null {
  const match = pattern.exec(reading.rest);
  if (match) reading.rest = reading.rest.replace(match[0], ' ');
  return match;
}

function startOfDay(at: Date, plusDays = 0): Date {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + plusDays);
}

function unitOf(word: string): keyof typeof UNIT_MS {
  if (/^m/.test(word) && !/^mo/.test(word)) return 'm';
  if (/^h/.test(word)) return 'h';
  return /^(j|d)/.test(word) ? 'd' : 'w';
}

const AMOUNT =
  /(?:\b(?:dans|in)\s+|\+\s*)(\d+|une?|an?)\s*(minutes?|mins?|mn|m|heures?|hours?|hrs?|h|jours?|days?|j|d|semaines?|sem|weeks?|w)(?![a-z])(?:\s*(\d{1,2})(?![\dh:]))?/;

/** "dans 1 h 30": a moment from now; days and weeks keep to the hour that follows, if any. */
function readDelay(reading: Reading): Date | null {
  const match = take(reading, AMOUNT);
  if (!match) return null;
  const amount = /^\d/.test(match[1] ?? '') ? Number(match[1]) : 1;
  const unit = unitOf(match[2] ?? '');
  const minutes = unit === 'h' && match[3] ? Number(match[3]) : 0;
  if (unit !== 'h' && match[3]) reading.rest += ` ${match[3]}`;
  return new Date(reading.now.getTime() + amount * (UNIT_MS[unit] ?? 0) + minutes * 60_000);
}

function readDay(reading: Reading): Date | null {
  const { now } = reading;
  if (take(reading, /\b(apres[- ]?demain|day after tomorrow)\b/)) return startOfDay(now, 2);
  if (take(reading, /\b(demain|dem|tomorrow|tmr)\b/)) return startOfDay(now, 1);
  if (take(reading, /\b(aujourd'?hui|auj|today|ce)\b/)) return startOfDay(now);
  const numbers = take(reading, /\b(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?\b/);
  if (numbers) return dated(now, Number(numbers[1]), Number(numbers[2]) - 1, numbers[3]);
  const names = MONTHS.flat().sort((a, b) => b.length - a.length);
  const named = take(
    reading,
    new RegExp(`\\b(\\d{1,2})(?:er)?\\s*(${names.join('|')})\\b\\.?(?:\\s*(\\d{4}))?`),
  );
  if (named)
    return dated(
      now,
      Number(named[1]),
      MONTHS.findIndex((all) => all.includes(named[2] ?? '')),
      named[3],
    );
  const weekday = take(reading, new RegExp(`\\b(${DAYS.flat().join('|')})\\b\\.?`));
  if (!weekday) return null;
  const wanted = DAYS.findIndex((all) => all.includes(weekday[1] ?? ''));
  return startOfDay(now, (wanted - now.getDay() + 7) % 7 || 7);
}

/** A date without a year is the next one to come; a date that does not exist is none. */
function dated(now: Date, day: number, month: number, year: string | undefined): Date | null {
  const given = year ? Number(year.length === 2 ? `20${year}` : year) : null;
  for (const candidate of given ? [given] : [now.getFullYear(), now.getFullYear() + 1]) {
    const at = new Date(candidate, month, day);
    if (at.getMonth() !== month || at.getDate() !== day) return null;
    if (given || at >= startOfDay(now)) return at;
  }
  return null;
}

function readTime(reading: Reading): [number, number] | null {
  if (take(reading, /\b(apres[- ]?midi|aprem|afternoon)\b/)) return [14, 30];
  if (take(reading, /\b(midi|noon)\b/)) return [12, 0];
  const english = take(reading, /\b(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)\b/);
  if (english) return [(Number(english[1]) % 12) + (english[3] === 'pm' ? 12 : 0), Number(english[2] ?? 0)];
  const clock =
    take(reading, /\b(\d{1,2})\s*(?:h|:|heures?)\s*(\d{2})?\b/) ?? take(reading, /^\s*(\d{1,2})()\s*$/);
  if (clock) return [Number(clock[1]), Number(clock[2] || 0)];
  if (take(reading, /\b(matin|morning)\b/)) return [DEFAULT_HOUR, 0];
  if (take(reading, /\b(soir|evening|tonight)\b/)) return [18, 0];
  return null;
}

/** The instant meant, always after `now`; null where the text is not understood whole. */
export function parseWhen(text: string, now: Date): Date | null {
  const plain = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/’/g, "'").trim();
  if (!plain) return null;
  const reading: Reading = { rest: plain, now };
  const delay = readDelay(reading);
  const day = delay ? null : readDay(reading);
  reading.rest = reading.rest.replace(FILLER, ' ');
  const time = readTime(reading);
  if (reading.rest.replace(FILLER, ' ').trim() !== '') return null;
  if (time && (time[0] > 23 || time[1] > 59)) return null;
  if (delay && !time) return delay;
  const base = delay ?? day;
  if (!base && !time) return null;
  const at = startOfDay(base ?? now);
  at.setHours(time?.[0] ?? DEFAULT_HOUR, time?.[1] ?? 0);
  if (!base && at <= now) at.setDate(at.getDate() + 1);
  return at > now ? at : null;
}
