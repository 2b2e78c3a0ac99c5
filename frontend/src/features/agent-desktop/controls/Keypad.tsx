/** Keys sent down the line, for the menus of others' switchboards. */
import { Button, SimpleGrid, Text } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { act } from '../floor';
import { keyOf } from '../keys/keyOf';
import { setPanel } from '../panels';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

export function Keypad() {
  const { t } = useTranslation('agent-desktop');
  const [sent, setSent] = useState('');
  const send = (digit: string): void => {
    setSent((before) => (before + digit).slice(-16));
    void act('keys', { digits: digit });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const key = keyOf(event.nativeEvent);
    if (key === 'k') return setPanel(null);
    if (!key || !KEYS.includes(key)) return;
    event.preventDefault();
    send(key);
  };
  return (
    <div onKeyDown={onKeyDown} role="toolbar" aria-label={t('controls.keypad')} data-testid="keypad-panel">
      <Text mih={24} ta="center" className="tabular" role="status">
        {sent}
      </Text>
      <SimpleGrid cols={3} spacing={6}>
        {KEYS.map((digit) => (
          <Button
            key={digit}
            variant="default"
            data-autofocus={digit === '5' || undefined}
            onClick={() => send(digit)}
          >
            {digit}
          </Button>
        ))}
      </SimpleGrid>
    </div>
  );
}
