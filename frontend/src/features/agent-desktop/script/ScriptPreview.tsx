/** The script between calls, to read again: every page, the contact's fields by their names. */
import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/lib/api/session';
import type { Desk } from '../model';
import { Section } from '../Section';
import { Filled } from './ScriptPanel';
import classes from './ScriptPanel.module.css';

export function ScriptPreview({ desk }: { desk: Desk | undefined }) {
  const { t } = useTranslation('agent-desktop');
  const me = useMe();
  const values = useMemo(
    () => ({
      agent: { first_name: me.first_name, last_name: me.last_name, name: me.display_name },
      campaign: { name: desk?.name, caller_name: desk?.caller_name, callback_number: desk?.callback_number },
      company: { name: desk?.company_name },
    }),
    [desk, me],
  );
  const pages = desk?.script.pages ?? [];
  return (
    <Section title={t('script.reread')} grow={1} testId="script-preview">
      {desk && pages.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('script.none')}
        </Text>
      )}
      {pages.map((page) => (
        <div key={page.id} className={classes.preview}>
          <h3>{page.title}</h3>
          {page.text.split(/\n+/).map((paragraph, number) => (
            <p key={number}>
              <Filled text={paragraph} values={values} neutral />
            </p>
          ))}
          {page.return_text.trim() && (
            <p>
              <em>{t('script.onReturn')}</em> <Filled text={page.return_text} values={values} neutral />
            </p>
          )}
          {page.questions.map((question) => (
            <p key={question.key}>○ {question.label}</p>
          ))}
        </div>
      ))}
    </Section>
  );
}
