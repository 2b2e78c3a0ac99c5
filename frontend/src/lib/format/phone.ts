/** Telephone numbers: E.164 in the data, grouped by two on the screen as the French write them. */

const OVERSEAS = ['262', '508', '590', '594', '596'];

const byTwo = (digits: string): string => digits.replace(/(\d{2})(?=\d)/g, '$1 ').trim();

/** '+33639982011' → '06 39 98 20 11'; an international number keeps its prefix; anything else is given back as it is. */
export function formatPhone(e164: string | null | undefined): string {
  if (!e164) return '';
  if (/^\+33[1-9]\d{8}$/.test(e164)) return byTwo(`0${e164.slice(3)}`);
  const overseas = OVERSEAS.find((code) => e164.startsWith(`+${code}`));
  if (overseas && /^\+\d{12}$/.test(e164)) return byTwo(`0${e164.slice(4)}`);
  const international = /^\+(\d{1,2})(\d{6,13})$/.exec(e164);
  if (international) return `+${international[1]} ${byTwo(international[2] ?? '')}`;
  return e164;
}

/** Of a contact's numbers, the one that begins or ends as what was typed; else the first that can be called. */
export function numberMeant<Phone extends { kind: string; e164: string }>(
  phones: readonly Phone[],
  typed: string,
): Phone | undefined {
  const callable = phones.filter(({ kind }) => kind !== 'fax');
  const digits = typedPhone(typed).replace(/^(\+|00)33/, '0');
  const meant =
    /^\d{4,}$/.test(digits) &&
    callable.find(({ e164 }) => {
      const national = typedPhone(formatPhone(e164));
      return national.startsWith(digits) || national.endsWith(digits);
    });
  return meant || callable[0];
}

/** What a person types, without its separators: what is sent to the floor, which has the last word. */
export function typedPhone(text: string): string {
  return text.replace(/[\s.\-()/]/g, '');
}

const WHOLE = /^(0[1-9]\d{8}|(\+|00)330?[1-9]\d{8}|(\+|00)(?!33)[1-9]\d{5,14}|[1-9]\d{5,14})$/;

/** Whether it may be a whole number, not the beginning of one. */
export function looksLikePhone(text: string): boolean {
  return WHOLE.test(typedPhone(text));
}
