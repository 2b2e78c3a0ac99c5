import { describe, expect, it } from 'vitest';
import { parsed } from './custom';

describe('what is typed into a field of this floor’s own', () => {
  it('keeps a number that is being typed, comma and zeros too', () => {
    // Bug: the comma vanished as it was typed, and 12,5 became 125.
    expect(['1', '12', '12,', '12,0', '12,05'].map((typed) => parsed('number', typed))).toEqual([
      1,
      12,
      '12,',
      '12,0',
      12.05,
    ]);
  });

  it('leaves what is no number to the server, and empties with null', () => {
    expect(parsed('number', 'douze')).toBe('douze');
    expect(parsed('number', '')).toBeNull();
    expect(parsed('text', '12')).toBe('12');
  });
});
