/** One line a field: the two values, one chosen. What is the same in both is said once. */
import { Anchor, Button, Radio, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { contactName } from '@/lib/format/contact';
import { formatDateTime } from '@/lib/format/time';
import classes from '../Contact.module.css';
import type { FieldWords } from '../field-words';
import type { Comparison, Contact, FieldChoice, Side } from '../types';

interface FieldChoicesProps {
  comparison: Comparison;
  words: FieldWords;
  sides: Record<string, Side>;
  onChange: (field: string, side: Side) => void;
  onAll: (side: Side) => void;
}

const SIDES: Side[] = ['kept', 'other'];

export function FieldChoices({ comparison, words, sides, onChange, onAll }: FieldChoicesProps) {
  const { t } = useTranslation('contact-card');
  return (
    <table className={classes.compare} data-testid="field-choices">
      <thead>
        <tr>
          <td />
          {SIDES.map((side) => (
            <th key={side} scope="col">
              <Head contact={comparison[side]} side={side} />
              <Button size="compact-xs" variant="subtle" onClick={() => onAll(side)}>
                {t(`takeAll.${side}`)}
              </Button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {comparison.fields.map((field) => (
          <Line
            key={field.field}
            field={field}
            words={words}
            side={sides[field.field] ?? field.proposed}
            onChange={(side) => onChange(field.field, side)}
          />
        ))}
      </tbody>
    </table>
  );
}

function Head({ contact, side }: { contact: Contact; side: Side }) {
  const { t } = useTranslation('contact-card');
  return (
    <>
      <Text size="xs" c="dimmed">
        {t(`side.${side}`, { id: contact.id })}
      </Text>
      <Anchor
        component={Link}
        to="/contacts/$id"
        params={{ id: String(contact.id) } as never}
        size="sm"
        fw={600}
        className={classes.text}
      >
        {contactName(contact)}
      </Anchor>
      <Text size="xs" c="dimmed">
        {t('madeChanged', {
          made: formatDateTime(contact.created_at),
          changed: formatDateTime(contact.updated_at),
        })}
      </Text>
    </>
  );
}

interface LineProps {
  field: FieldChoice;
  words: FieldWords;
  side: Side;
  onChange: (side: Side) => void;
}

function Line({ field, words, side, onChange }: LineProps) {
  const { t } = useTranslation('contact-card');
  const label = words.label(field.field);
  if (!field.differs)
    return (
      <tr>
        <th scope="row">{label}</th>
        <td colSpan={2}>
          <Text size="sm" className={classes.text}>
            {words.value(field.field, field.kept)}{' '}
            <Text span size="xs" c="dimmed">
              {t('same')}
            </Text>
          </Text>
        </td>
      </tr>
    );
  return (
    <tr data-field={field.field}>
      <th scope="row">{label}</th>
      {SIDES.map((one) => (
        <td key={one} data-chosen={side === one || undefined}>
          <Radio
            name={`field-${field.field}`}
            size="xs"
            label={words.value(field.field, field[one])}
            aria-label={t('chooseValue', { field: label, value: words.value(field.field, field[one]) })}
            checked={side === one}
            onChange={() => onChange(one)}
            classNames={{ label: classes.text }}
          />
        </td>
      ))}
    </tr>
  );
}
