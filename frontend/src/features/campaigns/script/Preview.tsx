/** What the agent will see, with somebody's name in the fields. */
import { Chip, Group, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '../Campaign.module.css';
import type { DraftObjection, DraftPage, DraftQuestion } from '../draft';
import { pieces, SAMPLE } from './texts';
import { useFieldName } from './TextWithFields';

interface PreviewProps {
  page: DraftPage | undefined;
  objection: DraftObjection | undefined;
  callerName: string;
}

export function Preview({ page, objection, callerName }: PreviewProps) {
  const { t } = useTranslation('campaigns');
  return (
    <aside className={classes.preview} aria-label={t('script.preview')} data-testid="script-preview">
      <Text size="xs" c="dimmed" fw={600} mb="xs">
        {t('script.preview')}
      </Text>
      {page && (
        <Stack gap="sm">
          {page.title && <Text fw={600}>{page.title}</Text>}
          <Spoken text={page.text} callerName={callerName} />
          {page.return_text.trim() && (
            <div>
              <Text size="xs" c="dimmed" fw={600}>
                {t('script.return')}
              </Text>
              <Spoken text={page.return_text} callerName={callerName} />
            </div>
          )}
          {page.questions.map((question) => (
            <Asked key={question.uid} question={question} />
          ))}
        </Stack>
      )}
      {objection && (
        <Stack gap="sm">
          <Text fw={600}>{objection.title}</Text>
          <Spoken text={objection.answer} callerName={callerName} />
        </Stack>
      )}
    </aside>
  );
}

function Spoken({ text, callerName }: { text: string; callerName: string }) {
  const { t } = useTranslation('campaigns');
  const nameOf = useFieldName();
  if (!text)
    return (
      <Text size="sm" c="dimmed">
        {t('script.empty')}
      </Text>
    );
  return (
    <div className={classes.spoken}>
      {pieces(text).map((piece, index) => {
        if (piece.kind === 'text') return <span key={index}>{piece.text}</span>;
        const value = piece.name === 'campaign.caller_name' ? callerName : SAMPLE[piece.name];
        return (
          <span key={index} className={classes.filled} title={nameOf(piece.name)}>
            {value || nameOf(piece.name)}
          </span>
        );
      })}
    </div>
  );
}

function Asked({ question }: { question: DraftQuestion }) {
  const { t } = useTranslation('campaigns');
  const options =
    question.kind === 'yes_no' ? [t('common:actions.yes'), t('common:actions.no')] : question.choices;
  return (
    <div>
      <Text size="sm" fw={500}>
        {question.label || t('script.newQuestion')}
        {question.required && <span title={t('script.required')}> *</span>}
      </Text>
      {question.kind === 'yes_no' || question.kind === 'choice' ? (
        <Group gap={4} mt={4}>
          {options.map((option) => (
            <Chip key={option} size="xs" checked={false} readOnly tabIndex={-1}>
              {option}
            </Chip>
          ))}
        </Group>
      ) : (
        <TextInput
          size="xs"
          mt={4}
          readOnly
          tabIndex={-1}
          aria-label={question.label}
          type={question.kind === 'date' ? 'date' : 'text'}
        />
      )}
    </div>
  );
}
