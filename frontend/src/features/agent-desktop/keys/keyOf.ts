/** Which key was meant, the same on every keyboard: on a French one the digits are reached with shift; pure. */

export interface Pressed {
  key: string;
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** 'm', '1', ' ', 'Escape', 'ArrowLeft', '?', or null where the combination is the browser's. */
export function keyOf(event: Pressed): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  // The digit row of a French keyboard gives & é " ' ( - è _ ç à: the place of the key counts, unless it types another digit.
  if (digit && !/^[a-z?+*#/]$/i.test(event.key)) return /^\d$/.test(event.key) ? event.key : digit;
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}
