/** A contact's name as people say it. */
import i18next from 'i18next';

interface Named {
  civility?: string;
  first_name?: string;
  last_name?: string;
  company?: string;
}

const joined = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(' ');

/** "Mme Hélène Lefèvre", else the company, else words that say that there is no name. */
export function contactName(contact: Named): string {
  const person = joined(contact.first_name, contact.last_name);
  if (person) return joined(contact.civility, person);
  return contact.company || i18next.t('words:noName');
}
