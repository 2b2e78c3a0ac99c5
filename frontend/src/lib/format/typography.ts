/** French typography: no line begins with a question mark or ends with an opening quotation mark. */

export function frenchSpaces(text: string): string {
  return text.replace(/ ([?!;:»€%])/g, '\u00a0$1').replace(/« /g, '«\u00a0');
}
