/** Sizes of files in the user's language: 0,1 ko at least, 840 ko, 12,4 Mo. */
import { currentLanguage } from '@/i18n';

const UNITS = ['kilobyte', 'megabyte', 'gigabyte'];

export function formatSize(bytes: number): string {
  let [value, step] = [bytes && Math.max(bytes / 1000, 0.1), 0];
  while (value >= 1000 && step < UNITS.length - 1) [value, step] = [value / 1000, step + 1];
  return new Intl.NumberFormat(currentLanguage() === 'en' ? 'en-GB' : 'fr-FR', {
    style: 'unit',
    unit: UNITS[step] ?? 'gigabyte',
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}
