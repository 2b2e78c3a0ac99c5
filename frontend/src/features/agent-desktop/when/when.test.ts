import { describe, expect, it } from 'vitest';
import { parseWhen } from './parse';
import { presets } from './presets';

/** Monday 23 November 2026, 14:05. */
const now = new Date(2026, 10, 23, 14, 5);
const at = (month: number, day: number, hour: number, minute = 0, year = 2026): Date =>
  new Date(year, month - 1, day, hour, minute);

describe('when, as it is typed', () => {
  it.each([
    ['dans 1 h', at(11, 23, 15, 5)],
    ['dans une heure', at(11, 23, 15, 5)],
    ['dans 1h30', at(11, 23, 15, 35)],
    ['+30 min', at(11, 23, 14, 35)],
    ['dans 3 jours 9h', at(11, 26, 9)],
    ['demain', at(11, 24, 10)],
    ['demain 10 h', at(11, 24, 10)],
    ['Demain à 9h15', at(11, 24, 9, 15)],
    ['demain matin', at(11, 24, 10)],
    ['après-demain 14:30', at(11, 25, 14, 30)],
    ['jeudi après-midi', at(11, 26, 14, 30)],
    ['lundi 14h', at(11, 30, 14)],
    ['mar 11h', at(11, 24, 11)],
    ['le 2 mars à 11h', at(3, 2, 11, 0, 2027)],
    ['23/11 18h', at(11, 23, 18)],
    ['1er déc 9h', at(12, 1, 9)],
    ['12/01/2027', at(1, 12, 10, 0, 2027)],
    ['18h30', at(11, 23, 18, 30)],
    ['9h', at(11, 24, 9)],
    ['16', at(11, 23, 16)],
    ['midi', at(11, 24, 12)],
    ['tomorrow 2pm', at(11, 24, 14)],
    ['in 2 hours', at(11, 23, 16, 5)],
    ['friday morning', at(11, 27, 10)],
    ['ce soir', at(11, 23, 18)],
  ])('"%s" is understood', (text, expected) => {
    expect(parseWhen(text, now)).toEqual(expected);
  });

  it.each(['', 'bientôt', 'demain 25h', '31/02', 'lundi peut-être', "aujourd'hui 9h", '14h75'])(
    '"%s" is not guessed',
    (text) => {
      expect(parseWhen(text, now)).toBeNull();
    },
  );
});

describe('the presets', () => {
  it('are never in the past nor on a weekend', () => {
    for (let hour = 0; hour < 24 * 7; hour++) {
      const then = new Date(2026, 10, 23, hour, 50);
      for (const preset of presets(then)) {
        expect(preset.at > then).toBe(true);
        expect([0, 6]).not.toContain(preset.at.getDay());
      }
    }
  });
  it('take Friday’s "next day" to Monday', () => {
    const friday = new Date(2026, 10, 27, 11, 0);
    expect(presets(friday).find(({ key }) => key === 'next_day_morning')?.at).toEqual(at(11, 30, 10));
  });
});
