import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { whySentence } from './why';

const t = ((key: string) => key) as unknown as TFunction;

describe('why a call was placed', () => {
  it('is the agent where the agent clicked, whether the floor noted so or nothing', () => {
    for (const rule of ['manual', 'preview'])
      expect(whySentence(t, { mode: 'manual', why: { rule } })).toBe('calls:why.agent');
    expect(whySentence(t, { mode: 'preview', why: {} })).toBe('calls:why.agent');
  });
});
