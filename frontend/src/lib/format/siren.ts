/** A company's number as the French write it: 123 456 782. */
export const formatSiren = (siren: string): string => siren.replace(/(\d{3})(?=\d)/g, '$1\u202f');
