import { expect, it } from 'vitest';
import { moveNumber, numbersBody } from './numbers';

const placed = { '+33199000001': 'phone', '+33639982011': 'mobile', '+33199000002': null } as const;

it('changes places with the number that had the kind', () => {
  expect(moveNumber(placed, '+33199000002', 'phone')).toEqual({
    '+33199000001': null,
    '+33639982011': 'mobile',
    '+33199000002': 'phone',
  });
  expect(moveNumber(placed, '+33199000001', 'mobile')['+33639982011']).toBe('phone');
});

it('lets a number go without touching the others', () => {
  expect(moveNumber(placed, '+33199000001', null)).toEqual({ ...placed, '+33199000001': null });
});

it('sends each kind once, and nothing of what goes', () => {
  expect(numbersBody(placed)).toEqual({ phone: '+33199000001', mobile: '+33639982011' });
});
