/** A text in which fields of the contact, the agent and the campaign can be put where the cursor is. */
import { Button, Group, Menu, ScrollArea, Textarea } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { customFieldsQuery } from '@/lib/api/names';
import { inserted } from './texts';

interface TextWithFieldsProps {
  label: string;
  value: string;
  variables: string[];
  onChange: (text: string) => void;
  minRows?: number;
}

/** A field's name as people say it; a field of this floor's own has its own label. */
export function useFieldName(): (name: string) => string {
  const { t } = useTranslation('campaigns');
  const { data: own } = useQuery(customFieldsQuery);
  return (name) => {
    const key = name.startsWith('contact.custom.') ? name.slice('contact.custom.'.length) : null;
    const label = key && own?.find((field) => field.key === key)?.label;
    return label ?? t(`variable.${name.replaceAll('.', '_')}`, { defaultValue: name });
  };
}

export function TextWithFields({ label, value, variables, onChange, minRows = 8 }: TextWithFieldsProps) {
  const { t } = useTranslation('campaigns');
  const nameOf = useFieldName();
  const area = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string): void => {
    const { selectionStart = value.length, selectionEnd = value.length } = area.current ?? {};
    const next = inserted(value, name, selectionStart, selectionEnd);
    onChange(next.text);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(next.cursor, next.cursor);
    });
  };
  const groups = ['contact', 'agent', 'campaign'] as const;
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <span style={{ fontWeight: 500 }}>{label}</span>
        <Menu position="bottom-end" width={260} returnFocus={false}>
          <Menu.Target>
            <Button size="compact-sm" variant="light" leftSection={<IconBraces size={14} aria-hidden />}>
              {t('script.insert')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <ScrollArea.Autosize mah={320}>
              {groups.map((group) => (
                <div key={group}>
                  <Menu.Label>{t(`script.group.${group}`)}</Menu.Label>
                  {variables
                    .filter((name) => name.startsWith(`${group}.`))
                    .map((name) => (
                      <Menu.Item key={name} onClick={() => insert(name)}>
                        {nameOf(name)}
                      </Menu.Item>
                    ))}
                </div>
              ))}
            </ScrollArea.Autosize>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Textarea
        ref={area}
        aria-label={label}
        autosize
        minRows={minRows}
        maxRows={22}
        maxLength={20_000}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
