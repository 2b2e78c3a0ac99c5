/** Fails when a translation is missing in French or English, or when the code asks for a key that exists in neither. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const src = path.join(import.meta.dirname, '..', 'src');
const languages = ['fr', 'en'];
const problems = [];
const PLURAL = /_(zero|one|two|few|many|other)$/;

function flatten(value, prefix = '') {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' ? flatten(inner, `${prefix}${key}.`) : [[`${prefix}${key}`, inner]],
  );
}

function placeholders(text) {
  return [...new Set(text.match(/{{\s*[\w.]+/g) ?? [])]
    .map((p) => p.replace(/{{\s*/, ''))
    .sort()
    .join();
}

function load(language) {
  const folder = path.join(src, 'i18n', language);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    files.map((name) => [
      name.replace('.json', ''),
      new Map(flatten(JSON.parse(readFileSync(path.join(folder, name), 'utf8')))),
    ]),
  );
}

const texts = Object.fromEntries(languages.map((language) => [language, load(language)]));

for (const [one, other] of [languages, [...languages].reverse()]) {
  for (const [namespace, keys] of Object.entries(texts[one])) {
    const there = texts[other][namespace];
    if (!there) {
      problems.push(`${other}/${namespace}.json is missing`);
      continue;
    }
    for (const [key, text] of keys) {
      if (text === '') problems.push(`${one}/${namespace}.json: "${key}" is empty`);
      // French has a plural form ("many") that English has not.
      if (!there.has(key) && !key.endsWith('_many'))
        problems.push(`${other}/${namespace}.json: "${key}" is missing`);
      else if (there.has(key) && !key.endsWith('_one') && placeholders(text) !== placeholders(there.get(key)))
        problems.push(`${namespace}: "${key}" has other placeholders in ${one} than in ${other}`);
    }
  }
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return sources(full);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [full] : [];
  });
}

function known(namespace, key) {
  const keys = texts.fr[namespace];
  if (!keys) return false;
  return keys.has(key) || [...keys.keys()].some((k) => PLURAL.test(k) && k.replace(PLURAL, '') === key);
}

for (const file of sources(src)) {
  const code = readFileSync(file, 'utf8');
  const own = code.match(/useTranslation\(\s*'([\w-]+)'/)?.[1] ?? 'common';
  for (const [, asked] of code.matchAll(/\bt\(\s*'([^'$]+)'/g)) {
    const [namespace, key] = asked.includes(':') ? asked.split(':') : [own, asked];
    if (!known(namespace, key))
      problems.push(`${path.relative(src, file)}: t('${asked}') exists nowhere (${namespace})`);
  }
}

if (problems.length) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exit(1);
}
