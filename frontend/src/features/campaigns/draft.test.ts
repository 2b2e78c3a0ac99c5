import { describe, expect, it } from 'vitest';
import { moved, scriptBody, slug } from './draft';

describe('a campaign being edited', () => {
  it('makes identifiers out of French words', () => {
    expect(slug('Êtes-vous déjà couverte ?')).toBe('etes_vous_deja_couverte');
  });

  it('moves a row and stays within the list', () => {
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  });

  it('keeps the keys of questions that have answers, and gives new ones a key of their own', () => {
    const question = { label: 'Effectif', kind: 'number' as const, choices: [], required: false };
    const body = scriptBody({
      version: 3,
      objections: [],
      pages: [
        {
          uid: 'p',
          id: '',
          title: 'Accueil',
          text: '',
          return_text: '',
          questions: [
            { ...question, uid: 'a', key: 'effectif' },
            { ...question, uid: 'b', key: '' },
          ],
        },
      ],
    });
    expect(body.pages[0]?.id).toBe('accueil');
    expect(body.pages[0]?.questions?.map(({ key }) => key)).toEqual(['effectif', 'effectif_2']);
  });
});
