/** A question whose answer is kept with the contact. */
import { Group, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '../Campaign.module.css';
import type { DraftQuestion } from '../draft';
import { ListButtons, moveWithArrows } from '@/components/ListButtons';

interface QuestionEditorProps {
  question: DraftQuestion;
  index: number;
  count: number;
  onChange: (change: Partial<DraftQuestion>) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

const KINDS = ['yes_no', 'choice', 'text', 'number', 'date'] as const;

export function QuestionEditor({ question, index, count, onChange, onMove, onRemove }: QuestionEditorProps) {
  const { t } = useTranslation('campaigns');
  const name = question.label || t('script.newQuestion');
  return (
    <Stack
      gap="xs"
      className={classes.question}
      role="group"
      aria-label={name}
      onKeyDown={moveWithArrows(index, onMove)}
    >
      <Group gap="xs" wrap="nowrap">
        <TextInput
          flex={1}
          maxLength={300}
          aria-label={t('script.question')}
          placeholder={t('script.question')}
          value={question.label}
          error={!question.label.trim()}
          onChange={(event) => onChange({ label: event.currentTarget.value })}
        />
        <ListButtons name={name} index={index} count={count} onMove={onMove} onRemove={onRemove} />
      </Group>
      <Group gap="md">
        <Select
          w={170}
          size="xs"
          aria-label={t('script.kindOf', { name })}
          data={KINDS.map((kind) => ({ value: kind, label: t(`script.kind.${kind}`) }))}
          value={question.kind}
          onChange={(kind) => onChange({ kind: kind as DraftQuestion['kind'] })}
        />
        <Switch
          size="xs"
          label={t('script.required')}
          checked={question.required}
          onChange={(event) => onChange({ required: event.currentTarget.checked })}
        />
      </Group>
      {question.kind === 'choice' && (
        <TagsInput
          size="xs"
          label={t('script.choices')}
          description={t('script.choicesHelp')}
          value={question.choices}
          onChange={(choices) => onChange({ choices })}
          splitChars={[';']}
          error={question.choices.length === 0 ? t('script.noChoice') : undefined}
        />
      )}
    </Stack>
  );
}
