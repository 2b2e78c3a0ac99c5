/** Texts with fields in them ({{ contact.last_name }}), cut into pieces; pure. */

export type Piece = { kind: 'text'; text: string } | { kind: 'field'; name: string };

const FIELD = /\{\{\s*([\w.-]+)\s*\}\}/g;

export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(FIELD)) {
    if (match.index > from) found.push({ kind: 'text', text: text.slice(from, match.index) });
    found.push({ kind: 'field', name: match[1] ?? '' });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ kind: 'text', text: text.slice(from) });
  return found;
}

/** `text` with `{{ name }}` where the cursor or selection was, and where the cursor goes. */
export function inserted(
  text: string,
  name: string,
  start: number,
  end: number,
): { text: string; cursor: number } {
  const field = `{{ ${name} }}`;
  return { text: text.slice(0, start) + field + text.slice(end), cursor: start + field.length };
}

/** Somebody to preview with. */
export const SAMPLE: Record<string, string> = {
  'contact.civility': 'Mme',
  'contact.first_name': 'Hélène',
  'contact.last_name': 'Lefèvre',
  'contact.company': 'Boulangerie Lefèvre',
  'contact.address': '12 rue des Lilas',
  'contact.address2': 'Bâtiment B',
  'contact.postal_code': '31000',
  'contact.city': 'Toulouse',
  'contact.client_code': 'C-4521',
  'contact.email': 'contact@exemple.fr',
  'contact.phone': '05 36 49 12 34',
  'agent.first_name': 'Camille',
  'agent.last_name': 'Durand',
  'campaign.callback_number': '05 36 49 00 10',
};
