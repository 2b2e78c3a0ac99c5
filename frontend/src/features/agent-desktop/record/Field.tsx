/** One field of the record, edited in place and saved as typed. */
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OpenLink } from '@/components/OpenLink';
import type { CustomField } from '../model';
import { autosave, type Typed, useTyped } from '../autosave/typed';
import { FieldFrame } from './FieldFrame';
import classes from './Field.module.css';
import { parsed, written } from './custom';
import type { FieldName } from './fields';

interface FieldProps {
  contactId: number;
  name: FieldName;
  label: string;
  server: string;
}

const INPUT: Partial<Record<FieldName, { type?: string; inputMode?: 'email' | 'numeric'; list?: string }>> = {
  email: { type: 'email', inputMode: 'email' },
  civility: { list: 'civilities' },
};

export function Field({ contactId, name, label, server }: FieldProps) {
  const id = useId();
  const typed = useMemo<Typed>(
    () => ({ id: `${contactId}.${name}`, contactId, section: 'record', kind: 'field', name }),
    [contactId, name],
  );
  const { value, entry, set } = useTyped(typed, server);
  return (
    <FieldFrame id={id} label={label} entry={entry}>
      <input
        id={id}
        className={classes.input}
        value={value}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={entry?.state === 'failed' || undefined}
        data-testid={`field-${name}`}
        onChange={(event) => set(event.currentTarget.value)}
        onBlur={() => void autosave.flush(typed.id)}
        {...INPUT[name]}
      />
    </FieldFrame>
  );
}

type Custom = string | number | boolean | null;

/** A field that this floor added. */
export function CustomFieldInput({
  contactId,
  field,
  server,
}: {
  contactId: number;
  field: CustomField;
  server: unknown;
}) {
  const id = useId();
  const { key } = field;
  const typed = useMemo<Typed>(
    () => ({ id: `${contactId}.custom.${key}`, contactId, section: 'record', kind: 'custom', name: key }),
    [contactId, key],
  );
  const { value, entry, set } = useTyped<Custom>(typed, (server ?? null) as Custom);
  return (
    <FieldFrame id={id} label={field.label} entry={entry}>
      <CustomInput
        id={id}
        field={field}
        value={value}
        set={set}
        onLeave={() => void autosave.flush(typed.id)}
      />
    </FieldFrame>
  );
}

interface CustomInputProps {
  id: string;
  field: CustomField;
  value: Custom;
  set: (value: Custom, delayMs?: number) => void;
  onLeave: () => void;
}

function CustomInput({ id, field, value, set, onLeave }: CustomInputProps) {
  const text = value === null ? '' : String(value);
  // One line would run its lines together, and keep them so. It stays as it is while it is typed in.
  const [isLong] = useState(field.kind === 'text' && text.includes('\n'));
  if (field.kind === 'choice' || field.kind === 'yes_no') {
    const choices =
      field.kind === 'choice'
        ? [...new Set([...field.choices.map(String), ...(text ? [text] : [])])]
        : ['true', 'false'];
    const parse = (chosen: string): Custom =>
      chosen === '' ? null : field.kind === 'yes_no' ? chosen === 'true' : chosen;
    return (
      <select
        id={id}
        className={classes.input}
        value={text}
        onChange={(event) => set(parse(event.currentTarget.value), 0)}
      >
        <option value="">–</option>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {field.kind === 'yes_no' ? <YesNo yes={choice === 'true'} /> : choice}
          </option>
        ))}
      </select>
    );
  }
  const type = { text: 'text', number: 'text', date: 'date', link: 'url' }[field.kind];
  const parse = (typedText: string): Custom => parsed(field.kind, typedText);
  if (isLong)
    return (
      <textarea
        id={id}
        rows={1}
        className={classes.input}
        value={text}
        onChange={(event) => set(parse(event.currentTarget.value))}
        onBlur={onLeave}
      />
    );
  const input = (
    <input
      id={id}
      type={type}
      inputMode={field.kind === 'number' ? 'decimal' : undefined}
      className={classes.input}
      value={written(value)}
      autoComplete="off"
      onChange={(event) => set(parse(event.currentTarget.value))}
      onBlur={onLeave}
    />
  );
  return field.kind === 'link' ? (
    <div className={classes.link}>
      {input}
      <OpenLink address={text} name={field.label} />
    </div>
  ) : (
    input
  );
}

function YesNo({ yes }: { yes: boolean }) {
  const { t } = useTranslation('common');
  return yes ? t('actions.yes') : t('actions.no');
}
