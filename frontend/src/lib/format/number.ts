/** Numbers in the user's language; a share is 0…1 and shown as a percentage. */
import { currentLanguage } from '@/i18n';

const locale = (): string => (currentLanguage() === 'en' ? 'en-GB' : 'fr-FR');

/** Before the decimals of a number that is typed. */
export const decimalPoint = (): ',' | '.' => (currentLanguage() === 'en' ? '.' : ',');

export function formatNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : new Intl.NumberFormat(locale()).format(value);
}

/** As it was typed, "203,5", its figures in no groups: it may be a year. */
export function formatPlain(value: number): string {
  return new Intl.NumberFormat(locale(), { useGrouping: false, maximumFractionDigits: 20 }).format(value);
}

export function formatShare(share: number | null | undefined, digits = 1): string {
  if (share === null || share === undefined) return '–';
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: digits }).format(share);
}

/** What follows a percentage that is typed: "3 %" in French, "3%" in English. */
export function percentSuffix(): string {
  const parts = new Intl.NumberFormat(locale(), { style: 'percent' }).formatToParts(0);
  return parts.map(({ type, value }) => (type === 'integer' ? '' : value)).join('');
}

/** One digit after the point: "0,4". */
export function formatTenths(value: number): string {
  return new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    value,
  );
}

/** A share with one digit after the point, always: "5,0 %". */
export function formatTenthsShare(share: number | null): string {
  if (share === null) return '–';
  return new Intl.NumberFormat(locale(), {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(share);
}

/** So many digits after the point, always: figures that change keep their width. */
export function formatDecimals(value: number, digits: number): string {
  return new Intl.NumberFormat(locale(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}
