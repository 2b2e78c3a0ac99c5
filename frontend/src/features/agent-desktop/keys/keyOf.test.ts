import { describe, expect, it } from 'vitest';
import { keyOf } from './keyOf';

const press = (key: string, code: string, ctrlKey = false) =>
  keyOf({ key, code, ctrlKey, altKey: false, metaKey: false });

describe('a key', () => {
  it('is a digit on a French keyboard without shift', () => {
    expect(press('&', 'Digit1')).toBe('1');
    expect(press('à', 'Digit0')).toBe('0');
  });
  it('is a digit on the keypad and with shift', () => {
    expect(press('4', 'Numpad4')).toBe('4');
    expect(press('2', 'Digit2')).toBe('2');
  });
  it('is the letter that is printed on it, wherever it lies', () => {
    expect(press('m', 'Semicolon')).toBe('m');
    expect(press('M', 'KeyM')).toBe('m');
  });
  it('is the browser’s with Ctrl', () => {
    expect(press('r', 'KeyR', true)).toBeNull();
  });
});
