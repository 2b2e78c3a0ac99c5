/** A message written, for the machine's voice to say. */
import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_TEXT } from './limits';

interface TextToSayProps {
  start: string;
  busy: boolean;
  onSay: (text: string) => void;
  onCancel: () => void;
}

export function TextToSay({ start, busy, onSay, onCancel }: TextToSayProps) {
  const { t } = useTranslation('campaigns');
  const [text, setText] = useState(start);
  return (
    <div>
      <Textarea
        label={t('announcement.text')}
        description={t('announcement.textHelp', { left: LONGEST_TEXT - text.length })}
        autosize
        minRows={3}
        maxRows={8}
        maxLength={LONGEST_TEXT}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group gap="xs" mt="sm">
        <Button size="xs" loading={busy} disabled={!text.trim()} onClick={() => onSay(text.trim())}>
          {t('announcement.sayIt')}
        </Button>
        <Button size="xs" variant="default" disabled={busy} onClick={onCancel}>
          {t('common:actions.cancel')}
        </Button>
      </Group>
    </div>
  );
}
