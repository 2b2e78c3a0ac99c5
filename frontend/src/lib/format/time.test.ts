import { describe, expect, it } from 'vitest';
import { elsewhere, formatDate, formatDay, formatInZone, instantIn, wallIn } from './time';

describe('a moment where somebody else lives', () => {
  it('is told by his own clocks, and on his own day', () => {
    expect(formatInZone('2026-11-26T23:00:00Z', 'Europe/Paris')).toContain('27 nov. 00:00');
    expect(formatInZone('2026-11-26T23:00:00Z', 'Indian/Reunion')).toContain('27 nov. 03:00');
    expect(formatInZone('2026-11-26T23:00:00Z', 'America/Guadeloupe')).toContain('26 nov. 19:00');
  });
  it('is nothing where there is none', () => {
    expect(formatInZone(null, 'Europe/Paris')).toBe('');
  });
  it('is on the first of a month as the French write it', () => {
    // Bug: "mar. 1 déc.", while the first of a month is "1er".
    expect(formatInZone('2026-11-30T23:30:00Z', 'Europe/Paris')).toContain('1er déc.');
    expect(formatDate('2027-01-01T12:00:00')).toBe('ven. 1er janv. 2027');
    expect(formatDate('2027-01-11T12:00:00')).toBe('lun. 11 janv. 2027');
  });
});

describe('a day', () => {
  it('is said as people say it, and what is none as it is', () => {
    expect(formatDay('2026-11-26')).toBe('26 novembre 2026');
    expect(formatDay('2027-01-01')).toBe('1er janvier 2027');
    expect(formatDay('brouillon')).toBe('brouillon');
  });
});

describe('a time typed for somebody else', () => {
  it('is by his own clocks, whatever the reader’s', () => {
    expect(instantIn('2026-11-26T14:00', 'Europe/Paris').toISOString()).toBe('2026-11-26T13:00:00.000Z');
    expect(instantIn('2026-11-26T14:00', 'Indian/Reunion').toISOString()).toBe('2026-11-26T10:00:00.000Z');
    expect(instantIn('2026-11-26 23:30:00', 'America/Guadeloupe').toISOString()).toBe(
      '2026-11-27T03:30:00.000Z',
    );
  });
  it('follows the summer time of the day that is meant', () => {
    expect(instantIn('2026-10-25T00:30', 'Europe/Paris').toISOString()).toBe('2026-10-24T22:30:00.000Z');
    expect(instantIn('2026-10-25T12:00', 'Europe/Paris').toISOString()).toBe('2026-10-25T11:00:00.000Z');
    expect(instantIn('2026-03-29T12:00', 'Europe/Paris').toISOString()).toBe('2026-03-29T10:00:00.000Z');
  });
  it('comes back as it was typed', () => {
    for (const zone of ['Europe/Paris', 'Indian/Reunion', 'America/Cayenne', 'Pacific/Tahiti'])
      expect(wallIn(instantIn('2026-12-31T23:59', zone), zone)).toBe('2026-12-31T23:59');
  });
});

describe('the place of a zone', () => {
  it('is named where it is not the reader’s, and only there', () => {
    expect(elsewhere('Indian/Reunion')).toBe('La Réunion');
    expect(elsewhere('America/Guadeloupe')).toBe('Guadeloupe');
    expect(elsewhere(Intl.DateTimeFormat().resolvedOptions().timeZone)).toBe('');
    expect(elsewhere('')).toBe('');
  });
});
