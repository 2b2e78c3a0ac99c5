/** Asterisk's settings for the detection of machines: what the API takes; pure. */
import type { AmdSettings } from '../types';

export interface AmdSetting {
  name: keyof AmdSettings;
  unit: 'ms' | 'words' | 'level';
  min: number;
  max: number;
}

const ms = (name: keyof AmdSettings, min: number, max: number): AmdSetting => ({
  name,
  unit: 'ms',
  min,
  max,
});

export const AMD_SETTINGS: readonly AmdSetting[] = [
  ms('initial_silence_ms', 500, 10_000),
  ms('greeting_ms', 500, 10_000),
  ms('after_greeting_silence_ms', 100, 5000),
  ms('total_analysis_ms', 1000, 15_000),
  { name: 'maximum_words', unit: 'words', min: 1, max: 20 },
  ms('min_word_ms', 20, 1000),
  ms('maximum_word_ms', 500, 10_000),
  ms('between_words_silence_ms', 20, 1000),
  { name: 'silence_threshold', unit: 'level', min: 10, max: 5000 },
];

/** Empty is the usual value, and never out of range. */
export function isOutOfRange({ min, max }: AmdSetting, value: number | null): boolean {
  return value !== null && (value < min || value > max);
}
