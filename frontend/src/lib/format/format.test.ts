import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatAnswer, formatAnswered } from './answer';
import { formatShare, percentSuffix } from './number';
import { formatPhone, looksLikePhone, numberMeant } from './phone';
import { formatClock, formatDateTime, formatDuration } from './time';

beforeAll(async () => {
  await i18next.init({
    lng: 'fr',
    resources: {
      fr: { common: { actions: { yes: 'Oui', no: 'Non' }, labelled: '{{label}} : {{value}}' } },
    },
  });
});

describe('numbers', () => {
  it('are grouped by two as the French write them', () => {
    expect(formatPhone('+33639982011')).toBe('06 39 98 20 11');
  });
  it('of the overseas departments lose their country code', () => {
    expect(formatPhone('+262692123456')).toBe('06 92 12 34 56');
  });
  it('that are not numbers are shown as they are', () => {
    expect(formatPhone('anonymous')).toBe('anonymous');
  });
  it('are recognised with any separators', () => {
    expect(looksLikePhone('06.39.98.20 11')).toBe(true);
    expect(looksLikePhone('Lefèvre')).toBe(false);
  });
  it.each(['0639982011', '+33 6 39 98 20 11', '0033639982011', '+32 470 12 34 56'])(
    'are whole: %s',
    (text) => {
      expect(looksLikePhone(text)).toBe(true);
    },
  );
  it.each(['06 39 98 20', '+33 6 39 98', '0033639'])('are not called before they are whole: %s', (text) => {
    expect(looksLikePhone(text)).toBe(false);
  });
});

describe('times', () => {
  it('are written as desktop.md says', () => {
    const year = new Date().getFullYear();
    const at = new Date(year, 10, 23, 14, 5);
    expect(formatDateTime(at)).toMatch(/^\w{3}\. 23 nov\. 14:05$/);
  });
  it('last in minutes and seconds', () => {
    expect(formatDuration(151)).toBe('2 min 31 s');
    expect(formatClock(151)).toBe('02:31');
    expect(formatClock(3751)).toBe('1:02:31');
  });
});

describe('answers', () => {
  it('to a yes-or-no question are words', () => {
    expect([formatAnswer(true, 'yes_no'), formatAnswer(false, 'yes_no')]).toEqual(['Oui', 'Non']);
  });
  it('that are days are written as days', () => {
    expect(formatAnswer('2027-01-01', 'date')).toBe('ven. 1er janv. 2027');
  });
  it('that are texts stay what was typed, even as a day is', () => {
    // Bug: a reference 2027-01-01 was shown as a Friday.
    expect([formatAnswer('2027-01-01', 'text'), formatAnswer('2027-01-01', null)]).toEqual([
      '2027-01-01',
      '2027-01-01',
    ]);
  });
  it('that are numbers are written as they are typed', () => {
    expect([formatAnswer(203.5, 'number'), formatAnswer(1987, 'number')]).toEqual(['203,5', '1987']);
  });
  it('that were taken back are a dash', () => {
    expect(formatAnswer(null, 'text')).toBe('–');
  });
});

describe('the number that a search meant', () => {
  const phones = [
    { kind: 'phone', e164: '+33199000459' },
    { kind: 'mobile', e164: '+33639980164' },
    { kind: 'fax', e164: '+33199000460' },
  ];
  it.each(['06 39', '+33 6 39', '0033639', '01 64', '980164', '06 39 98 01 64'])('is told: %s', (typed) => {
    expect(numberMeant(phones, typed)?.kind).toBe('mobile');
  });
  it.each(['moreau', '0199', '75', '9999', '', 'lot 0639'])(
    'or the first that can be called: %s',
    (typed) => {
      expect(numberMeant(phones, typed)?.kind).toBe('phone');
    },
  );
  it('is none where there is only a fax', () => {
    expect(numberMeant(phones.slice(2), '0460')).toBeUndefined();
  });
});

describe('answers beside their question', () => {
  it('stand after a colon, or right after a question mark', () => {
    expect(formatAnswered('Salariés', 12, 'number')).toBe('Salariés : 12');
    expect(formatAnswered('Êtes-vous décideur ?', true, 'yes_no')).toBe('Êtes-vous décideur ? Oui');
  });
});

describe('percentages', () => {
  it('have a space that does not break before their sign in French, and none in English', async () => {
    expect([formatShare(0.5), `3${percentSuffix()}`]).toEqual(['50\u00a0%', '3\u00a0%']);
    await i18next.changeLanguage('en');
    expect([formatShare(0.5), `3${percentSuffix()}`]).toEqual(['50%', '3%']);
    await i18next.changeLanguage('fr');
  });
});
