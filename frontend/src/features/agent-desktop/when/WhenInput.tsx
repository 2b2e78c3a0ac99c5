/** A moment, chosen among presets with the arrows or typed freely; what was understood is shown at once. */
import { Text, TextInput, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '@/lib/format/time';
import { parseWhen } from './parse';
import { presets } from './presets';
import classes from './When.module.css';

interface WhenInputProps {
  value: Date | null;
  onChange: (at: Date | null) => void;
}

export function WhenInput({ value, onChange }: WhenInputProps) {
  const { t } = useTranslation('agent-desktop');
  const [now] = useState(() => new Date());
  const [text, setText] = useState('');
  const all = presets(now);
  const selected = text ? -1 : all.findIndex(({ at }) => at.getTime() === value?.getTime());

  const type = (typed: string): void => {
    setText(typed);
    onChange(typed.trim() ? parseWhen(typed, new Date()) : (all[0]?.at ?? null));
  };
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = all[(selected + by + all.length) % all.length];
    setText('');
    onChange(next?.at ?? null);
  };
  return (
    <div>
      <TextInput
        label={t('when.title')}
        placeholder={t('when.placeholder')}
        value={text}
        data-autofocus
        autoComplete="off"
        data-testid="when"
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={move}
        aria-describedby="when-understood"
      />
      <Text
        id="when-understood"
        size="sm"
        fw={600}
        mt={6}
        mih={20}
        role="status"
        data-testid="when-understood"
      >
        {value ? formatDateTime(value) : text ? t('when.notUnderstood') : ''}
      </Text>
      <div className={classes.presets} role="listbox" aria-label={t('when.presets')}>
        {all.map(({ key, at }, index) => (
          <UnstyledButton
            key={key}
            role="option"
            tabIndex={-1}
            aria-selected={index === selected}
            className={classes.preset}
            onClick={() => {
              setText('');
              onChange(at);
            }}
          >
            <span>{t(`when.${key}`, { day: formatDateTime(at).split(' ')[0] })}</span>
            <span className={classes.at}>{formatDateTime(at)}</span>
          </UnstyledButton>
        ))}
      </div>
    </div>
  );
}
