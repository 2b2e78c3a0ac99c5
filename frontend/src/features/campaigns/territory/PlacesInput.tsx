/** Places as chips, with a search box: postal codes, their beginnings, departments, regions and towns; a column may be pasted. */
import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ClipboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { joined, keyOf, type Part, pastedParts, type Place } from './parts';
import { placesQuery } from './queries';
import classes from './Territory.module.css';

interface PlacesInputProps {
  value: Part[];
  onChange: (parts: Part[]) => void;
}

export function PlacesInput({ value, onChange }: PlacesInputProps) {
  const { t } = useTranslation('territory');
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 150);
  const places = useQuery(placesQuery(wanted));
  const found = (wanted === text.trim() && places.data?.items) || [];
  const byKey = new Map<string, Part & Partial<Place>>([
    ...found.map((place): [string, Place] => [keyOf(place), place]),
    ...value.map((part): [string, Part] => [keyOf(part), part]),
  ]);
  const onPaste = (event: ClipboardEvent): void => {
    const pasted = pastedParts(event.clipboardData.getData('text'));
    if (pasted.length === 0) return;
    event.preventDefault();
    onChange(joined(value, pasted));
  };
  return (
    <MultiSelect
      label={t('places')}
      description={t('placesHelp')}
      placeholder={value.length ? undefined : t('everywhere')}
      searchable
      clearable
      hidePickedOptions
      maxDropdownHeight={320}
      data={[...byKey].map(([key, { name }]) => ({ value: key, label: name }))}
      // The server searches: what it answers is shown, in its order, without those that are chips already.
      filter={({ options }) => {
        const answered = new Set(found.map(keyOf));
        return options.filter((option) => 'value' in option && answered.has(option.value));
      }}
      renderOption={({ option }) => {
        const place = byKey.get(option.value);
        return (
          <span className={classes.option}>
            <span>{option.label}</span>
            <small>{place?.detail}</small>
            <small>{place && t(`kind.${place.kind}`)}</small>
          </span>
        );
      }}
      nothingFoundMessage={
        places.isPending || wanted !== text.trim() ? t('common:loading') : t('nothingFound')
      }
      searchValue={text}
      onSearchChange={setText}
      value={value.map(keyOf)}
      onChange={(keys) => {
        onChange(
          keys.flatMap((key) => {
            const place = byKey.get(key);
            return place ? [{ kind: place.kind, code: place.code, name: place.name }] : [];
          }),
        );
        setText('');
      }}
      onPaste={onPaste}
      data-testid="territory-places"
    />
  );
}
