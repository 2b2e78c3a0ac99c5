/** The language of a page that nobody has signed in to yet; pure. */
export type Language = 'fr' | 'en';

/** The one chosen here before, else the first of ours in the browser's order of preference, else French. */
export function firstLanguage(chosen: string | null, liked: readonly string[]): Language {
  const ours = [chosen ?? '', ...liked].map((tag) => tag.split('-')[0]?.toLowerCase());
  return ours.find((tag) => tag === 'fr' || tag === 'en') ?? 'fr';
}
