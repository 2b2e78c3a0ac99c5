/** One box to find a contact or to call a number typed by hand; the arrows move, Enter does. */
import { Modal, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPhone, IconSearch, IconUser } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '@/components/ErrorMessage';
import { formatPhone, looksLikePhone, numberMeant, typedPhone } from '@/lib/format/phone';
import { act } from '../floor';
import type { ContactRow } from '../model';
import { setPanel, usePanel } from '../panels';
import { searchQuery } from '../queries';
import { e164Typed, fullName } from '../record/fields';
import classes from './SearchPanel.module.css';

export function SearchPanel() {
  const { t } = useTranslation('agent-desktop');
  const open = usePanel();
  return (
    <Modal
      opened={open?.panel === 'search'}
      onClose={() => setPanel(null)}
      title={t('search.title')}
      size="38rem"
      yOffset="8vh"
      closeButtonProps={{ 'aria-label': t('common:actions.close') }}
      data-own-keys
    >
      <Search />
    </Modal>
  );
}

interface Choice {
  id: string;
  content: ReactNode;
  run: () => Promise<boolean>;
}

function Search() {
  const { t } = useTranslation('agent-desktop');
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [q] = useDebouncedValue(text.trim(), 200);
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    ...searchQuery(q),
    placeholderData: keepPreviousData,
  });
  const contacts = q.length >= 2 ? (data ?? []) : [];

  const number: Choice[] = looksLikePhone(text)
    ? [
        {
          id: 'number',
          content: (
            <>
              <IconPhone size={17} aria-hidden />
              <b>{t('search.call', { number: formatPhone(e164Typed(text)) })}</b>
            </>
          ),
          run: () => act('dial', { number: typedPhone(text) }),
        },
      ]
    : [];
  const choices = [
    ...number,
    ...contacts.map((contact) => ({
      id: String(contact.id),
      content: <Found contact={contact} typed={q} />,
      run: () => act('open_record', { contact_id: contact.id }),
    })),
  ];
  const choose = async (choice: Choice | undefined): Promise<void> => {
    if (choice && (await choice.run())) setPanel(null);
  };
  // What is listed is what was typed before, for a moment: Enter is for what is typed, and waits for it.
  const entered = useRef(false);
  const isOfNow = q === text.trim() && !isPlaceholderData && !(isFetching && !data);
  const isNumber = number.length > 0 && at === 0;
  const chooseEntered = (): void => {
    if (!entered.current || !(isOfNow || isNumber)) return;
    entered.current = false;
    void choose(choices[at]);
  };
  useEffect(chooseEntered);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, choices.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter') {
      entered.current = true;
      chooseEntered();
    } else return;
    event.preventDefault();
  };
  return (
    <div data-testid="search-panel">
      <TextInput
        size="md"
        leftSection={<IconSearch size={18} aria-hidden />}
        placeholder={t('search.placeholder')}
        aria-label={t('search.title')}
        value={text}
        data-autofocus
        autoComplete="off"
        role="combobox"
        aria-expanded={choices.length > 0}
        aria-controls="search-found"
        aria-activedescendant={choices[at] ? `found-${choices[at].id}` : undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
          entered.current = false;
        }}
        onKeyDown={onKeyDown}
        data-testid="search-input"
      />
      <div className={classes.found} id="search-found" role="listbox" aria-label={t('search.found')}>
        {error && <ErrorMessage error={error} />}
        {choices.map((choice, index) => (
          <UnstyledButton
            key={choice.id}
            id={`found-${choice.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={classes.choice}
            onClick={() => void choose(choice)}
            data-testid="search-choice"
          >
            {choice.content}
          </UnstyledButton>
        ))}
        {choices.length === 0 && !error && (
          <Text size="sm" c="dimmed" p="sm">
            {q.length >= 2 && !isFetching ? t('search.none') : t('search.help')}
          </Text>
        )}
      </div>
    </div>
  );
}

function Found({ contact, typed }: { contact: ContactRow; typed: string }) {
  const { t } = useTranslation('agent-desktop');
  const phone = numberMeant(contact.phones, typed);
  const person = contact.last_name || contact.first_name;
  return (
    <>
      <IconUser size={17} aria-hidden />
      <span className={classes.who}>
        <b>{fullName(contact) || t('record.unnamed')}</b>
        <Text component="span" size="sm" c="dimmed">
          {[person ? contact.company : '', contact.postal_code, contact.city].filter(Boolean).join(' · ')}
        </Text>
      </span>
      <span className="tabular">{formatPhone(phone?.e164)}</span>
    </>
  );
}
