import { describe, expect, it } from 'vitest';
import { closeOfRecord, closeOfTalk, openPanel, setPanel } from './panels';

describe('a panel of the desktop', () => {
  // Bug: a panel left open came up on the next record, and kept the space bar from the agent meanwhile.
  it.each(['consents', 'mails', 'callback', 'appointment', 'objection', 'skip'] as const)(
    '%s goes with its record',
    (panel) => {
      setPanel({ panel });
      closeOfTalk();
      expect(openPanel()).toEqual({ panel });
      closeOfRecord();
      expect(openPanel()).toBeNull();
    },
  );
  it.each(['search', 'keys', 'pause', 'audio'] as const)('%s is of no record', (panel) => {
    setPanel({ panel });
    closeOfRecord();
    expect(openPanel()).toEqual({ panel });
  });
  it('for the keypad goes with the talk', () => {
    setPanel({ panel: 'keypad' });
    closeOfTalk();
    expect(openPanel()).toBeNull();
  });
});
