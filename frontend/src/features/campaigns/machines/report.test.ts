import { expect, it } from 'vitest';
import { lostPersons } from './report';

const report = {
  screened: 1000,
  machines: 450,
  checked: 50,
  false_machines: 4,
  false_share: 0.08,
  false_share_low: 0.03,
  false_share_high: 0.19,
  missed_machines: 12,
};

it('counts as lost the persons among the calls that no agent heard', () => {
  expect(lostPersons(report)).toEqual({ about: 32, low: 12, high: 76 });
});

it('says nothing where nothing was checked', () => {
  const none = { ...report, checked: 0, false_share: null, false_share_low: null, false_share_high: null };
  expect(lostPersons(none)).toBeNull();
});
