/** Why an e-mail did not leave: what happened, the server's own words, what to do. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Mails.module.css';
import type { Problem } from './types';

interface FaultProps {
  problem: Problem;
  code: number | null;
  answer: string;
}

export function Fault({ problem, code, answer }: FaultProps) {
  const { t } = useTranslation('mails');
  return (
    <div data-testid="mail-fault" data-problem={problem}>
      <Text size="sm" fw={500}>
        {t(`problem.${problem}.what`)}
      </Text>
      {(code !== null || answer) && (
        <Text size="sm" className={classes.words}>
          {t('answer', { answer: [code, answer].filter(Boolean).join(' ') })}
        </Text>
      )}
      <Text size="sm">{t(`problem.${problem}.do`)}</Text>
    </div>
  );
}
