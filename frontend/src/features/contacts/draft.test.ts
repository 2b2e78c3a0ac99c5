import { expect, it } from 'vitest';
import { change, EMPTY } from './draft';

const base = { ...EMPTY, phones: { ...EMPTY.phones, mobile: '06 39 98 20 11' }, custom: { effectif: 4 } };

it('sends nothing when nothing differs', () => {
  expect(change(base, structuredClone(base))).toBeNull();
});

it('sends only what differs, and null for what was taken away', () => {
  const draft = {
    texts: { ...base.texts, city: 'Toulouse' },
    phones: { ...base.phones, mobile: '' },
    custom: { effectif: 5 },
  };
  expect(change(base, draft)).toEqual({
    city: 'Toulouse',
    phones: { mobile: null },
    custom: { effectif: 5 },
  });
});
