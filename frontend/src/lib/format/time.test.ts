import { describe, expect, it } from 'vitest';
import { elsewhere, formatInZone } from './time';

describe('a moment where somebody else lives', () => {
  it('is told by his own clocks, and on his own day', () => {
    expect(formatInZone('2026-11-26T23:00:00Z', 'Europe/Paris')).toContain('27 nov. 00:00');
    expect(formatInZone('2026-11-26T23:00:00Z', 'Indian/Reunion')).toContain('27 nov. 03:00');
    expect(formatInZone('2026-11-26T23:00:00Z', 'America/Guadeloupe')).toContain('26 nov. 19:00');
  });
  it('is nothing where there is none', () => {
    expect(formatInZone(null, 'Europe/Paris')).toBe('');
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
