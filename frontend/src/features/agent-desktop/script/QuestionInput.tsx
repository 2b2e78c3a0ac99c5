/** One question of the script; its answer is kept as soon as it is given. */
import { Chip, Group, TextInput } from '@mantine/core';
import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { autosave, type Typed, useTyped } from '../autosave/typed';
import type { Question } from '../model';
import classes from './ScriptPanel.module.css';

interface QuestionInputProps {
  question: Question;
  contactId: number;
  campaignId: number;
  callId: string | null;
  server: unknown;
}

type Answer = string | number | boolean | null;

export function QuestionInput({ question, contactId, campaignId, callId, server }: QuestionInputProps) {
  const { t } = useTranslation('agent-desktop');
  const labelId = useId();
  const { key, kind } = question;
  const typed = useMemo<Typed>(
    () => ({
      id: `${contactId}.answer.${campaignId}.${key}`,
      contactId,
      section: 'answers',
      kind: 'answer',
      name: key,
      callId,
      campaignId,
    }),
    [contactId, campaignId, key, callId],
  );
  const { value, entry, set } = useTyped<Answer>(typed, (server ?? null) as Answer);
  const choices =
    kind === 'yes_no'
      ? [
          { value: 'true', label: t('common:actions.yes') },
          { value: 'false', label: t('common:actions.no') },
        ]
      : question.choices.map((choice) => ({ value: choice, label: choice }));
  const choose = (chosen: string): void => {
    const answer = kind === 'yes_no' ? chosen === 'true' : chosen;
    set(answer === value ? null : answer, 0);
  };
  return (
    <div className={classes.question} data-testid={`question-${key}`}>
      <span id={labelId} className={classes.label}>
        <span
          aria-hidden
          className={classes.dot}
          data-answered={(value !== null && value !== '') || undefined}
        />
        {question.label}
        {question.required && <span title={t('script.required')}> *</span>}
      </span>
      {kind === 'choice' || kind === 'yes_no' ? (
        <Group gap={6} role="group" aria-labelledby={labelId}>
          {choices.map((choice) => (
            <Chip
              key={choice.value}
              size="xs"
              checked={value !== null && String(value) === choice.value}
              onChange={() => choose(choice.value)}
            >
              {choice.label}
            </Chip>
          ))}
        </Group>
      ) : (
        <TextInput
          size="xs"
          aria-labelledby={labelId}
          type={kind === 'date' ? 'date' : 'text'}
          inputMode={kind === 'number' ? 'decimal' : 'text'}
          w={kind === 'text' ? '100%' : 140}
          value={value === null ? '' : String(value)}
          error={entry?.state === 'failed' && entry.message}
          onChange={(event) => set(event.currentTarget.value === '' ? null : event.currentTarget.value)}
          onBlur={() => void autosave.flush(typed.id)}
        />
      )}
    </div>
  );
}
