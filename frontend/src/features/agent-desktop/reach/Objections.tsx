/** Answers to objections: a click or the keys open one; O comes here, the arrows move, Escape leaves. */
import { Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactRecord } from '@/lib/floor/types';
import type { Desk } from '../model';
import { Section } from '../Section';
import { Filled, useScriptValues } from '../script/ScriptPanel';
import classes from './Reach.module.css';

export function Objections({ record, desk }: { record: ContactRecord; desk: Desk | undefined }) {
  const { t } = useTranslation('agent-desktop');
  const values = useScriptValues(record, desk);
  const [opened, setOpened] = useState<string | null>(null);
  const objections = desk?.script.objections ?? [];

  const move = (event: KeyboardEvent<HTMLElement>): void => {
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-objection]')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'ArrowDown') items[Math.min(at + 1, items.length - 1)]?.focus();
    else if (event.key === 'ArrowUp') items[Math.max(at - 1, 0)]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Section title={t('objections.title')} keyHint="O" grow={5} testId="objections">
      {/* The keys move inside the list; each item is a button of its own. */}
      <div data-escape-first onKeyDown={move} role="toolbar" aria-label={t('objections.title')}>
        {objections.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('objections.none')}
          </Text>
        )}
        {objections.map(({ id, title, answer }) => (
          <div key={id} className={classes.objection}>
            <UnstyledButton
              data-objection
              className={classes.said}
              aria-expanded={opened === id}
              onClick={() => setOpened(opened === id ? null : id)}
            >
              <IconChevronRight size={14} aria-hidden className={classes.chevron} />
              {title}
            </UnstyledButton>
            {opened === id && (
              <p className={classes.answer}>
                <Filled text={answer} values={values} />
              </p>
            )}
          </div>
        ))}
      </div>
    </Section>
  );
}
