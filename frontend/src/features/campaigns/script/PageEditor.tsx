/** A page of the script: its title, what to say, what to ask. */
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DraftPage, type DraftQuestion, moved, uid } from '../draft';
import { QuestionEditor } from './QuestionEditor';
import { TextWithFields } from './TextWithFields';

interface PageEditorProps {
  page: DraftPage;
  variables: string[];
  onChange: (change: Partial<DraftPage>) => void;
}

export function PageEditor({ page, variables, onChange }: PageEditorProps) {
  const { t } = useTranslation('campaigns');
  const { questions } = page;
  const set = (next: DraftQuestion[]): void => onChange({ questions: next });
  return (
    <Stack gap="md">
      <TextInput
        label={t('script.pageTitle')}
        maxLength={120}
        value={page.title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <TextWithFields
        label={t('script.text')}
        value={page.text}
        variables={variables}
        onChange={(text) => onChange({ text })}
      />
      <ReturnText page={page} variables={variables} onChange={onChange} />
      <Text fw={500}>{t('script.questions')}</Text>
      {questions.map((question, index) => (
        <QuestionEditor
          key={question.uid}
          question={question}
          index={index}
          count={questions.length}
          onChange={(change) => set(questions.map((one, i) => (i === index ? { ...one, ...change } : one)))}
          onMove={(to) => set(moved(questions, index, to))}
          onRemove={() => set(questions.filter((_, i) => i !== index))}
        />
      ))}
      <Button
        size="xs"
        variant="default"
        w="fit-content"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() =>
          set([
            ...questions,
            { uid: uid(), key: '', label: '', kind: 'yes_no', choices: [], required: false },
          ])
        }
      >
        {t('script.addQuestion')}
      </Button>
    </Stack>
  );
}

/** What is said instead to who calls back; asked for by a button, since most pages say the same to everybody. */
function ReturnText({ page, variables, onChange }: PageEditorProps) {
  const { t } = useTranslation('campaigns');
  const [open, setOpen] = useState(page.return_text !== '');
  if (!open)
    return (
      <Button
        size="xs"
        variant="subtle"
        w="fit-content"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => setOpen(true)}
        data-testid="add-return-text"
      >
        {t('script.addReturn')}
      </Button>
    );
  return (
    <div>
      <TextWithFields
        label={t('script.return')}
        value={page.return_text}
        variables={variables}
        minRows={4}
        onChange={(return_text) => onChange({ return_text })}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {t('script.returnHelp')}
      </Text>
    </div>
  );
}
