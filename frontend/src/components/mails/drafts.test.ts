import { expect, test } from 'vitest';
import { draftFor, forgetDraft, hasDraft, keepDraft } from './drafts';

const BEGUN = { to: 'helene@exemple.fr', subject: 'Devis', text: '', campaignId: 3 };

test('what was begun for a contact is found again, and is nobody else’s', () => {
  keepDraft(7, BEGUN);
  expect(draftFor(7, null)).toEqual(BEGUN);
  expect(draftFor(8, 4)).toEqual({ to: '', subject: '', text: '', campaignId: 4 });
});

test('a draft without a word, or sent, is forgotten', () => {
  keepDraft(7, BEGUN);
  keepDraft(7, { ...BEGUN, subject: '  ' });
  expect(hasDraft(7)).toBe(false);
  keepDraft(7, BEGUN);
  forgetDraft(7);
  expect(hasDraft(7)).toBe(false);
});
