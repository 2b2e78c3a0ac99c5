/** French first, English second. One JSON file a feature and language; the file's name is the namespace. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { frenchSpaces } from '@/lib/format/typography';
import { firstLanguage, type Language } from './first-language';

export type { Language } from './first-language';

const STORAGE_KEY = 'decroche.language';

type Texts = Record<string, unknown>;
const files = import.meta.glob<Texts>('./{fr,en}/*.json', { eager: true, import: 'default' });

/** The same texts with French spaces where a line must not break. */
function spaced(texts: Texts): Texts {
  return JSON.parse(JSON.stringify(texts), (_, value: unknown) =>
    typeof value === 'string' ? frenchSpaces(value) : value,
  ) as Texts;
}

const resources: Record<string, Record<string, Texts>> = { fr: {}, en: {} };
for (const [file, texts] of Object.entries(files)) {
  const [, language, namespace] = /^\.\/(\w+)\/([\w-]+)\.json$/.exec(file) ?? [];
  if (language && namespace)
    (resources[language] ??= {})[namespace] = language === 'fr' ? spaced(texts) : texts;
}

const languageAtStart = (): Language => firstLanguage(localStorage.getItem(STORAGE_KEY), navigator.languages);

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'fr';
}

export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORAGE_KEY, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

export async function startTranslations(): Promise<void> {
  document.documentElement.lang = languageAtStart();
  await i18next.use(initReactI18next).init({
    resources: resources as never,
    lng: languageAtStart(),
    fallbackLng: 'fr',
    defaultNS: 'common',
    fallbackNS: 'common',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}
