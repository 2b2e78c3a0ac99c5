/** Which number has which kind in the record to come; pure. A number without a kind goes. */
import { type Comparison, PHONE_KINDS, type PhoneKind } from '../types';

/** Number → kind. */
export type Placed = Record<string, PhoneKind | null>;

export function placedOf(numbers: Comparison['numbers']): Placed {
  return Object.fromEntries(numbers.map(({ e164, kind }) => [e164, kind]));
}

/** The one that had this kind takes the former kind of the one that gets it. */
export function moveNumber(placed: Placed, e164: string, kind: PhoneKind | null): Placed {
  const former = placed[e164] ?? null;
  const displaced = kind && Object.keys(placed).find((one) => one !== e164 && placed[one] === kind);
  return { ...placed, ...(displaced ? { [displaced]: former } : {}), [e164]: kind };
}

/** As the API asks: kind → number. */
export function numbersBody(placed: Placed): Partial<Record<PhoneKind, string>> {
  return Object.fromEntries(
    PHONE_KINDS.flatMap((kind) => {
      const e164 = Object.keys(placed).find((one) => placed[one] === kind);
      return e164 ? [[kind, e164]] : [];
    }),
  );
}
