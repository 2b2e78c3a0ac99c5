/** One of the theme's named colours: a swatch that opens the others. Names, not codes: both schemes keep their contrast. */
import { ActionIcon, ColorSwatch, Popover, SimpleGrid, useMantineTheme } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export const COLORS = [
  'gray',
  'red',
  'pink',
  'grape',
  'violet',
  'indigo',
  'blue',
  'cyan',
  'teal',
  'green',
  'lime',
  'yellow',
  'orange',
];

interface ColorPickProps {
  value: string;
  onChange: (color: string) => void;
  label: string;
}

export function ColorPick({ value, onChange, label }: ColorPickProps) {
  const { t } = useTranslation('forms');
  const { colors } = useMantineTheme();
  const [opened, setOpened] = useState(false);
  const shade = (name: string): string => colors[name]?.[6] ?? name;
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus position="bottom-start" shadow="md">
      <Popover.Target>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('common:labelled', { label, value: t(`colors.${value}`, value) })}
          onClick={() => setOpened((o) => !o)}
        >
          <ColorSwatch component="span" color={shade(value)} size={18} radius="sm" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <SimpleGrid cols={5} spacing={4}>
          {COLORS.map((name) => (
            <ColorSwatch
              key={name}
              component="button"
              type="button"
              color={shade(name)}
              size={26}
              radius="sm"
              aria-label={t(`colors.${name}`)}
              aria-pressed={name === value}
              style={{ color: '#fff', cursor: 'pointer' }}
              onClick={() => {
                onChange(name);
                setOpened(false);
              }}
            >
              {name === value && <IconCheck size={14} aria-hidden />}
            </ColorSwatch>
          ))}
        </SimpleGrid>
      </Popover.Dropdown>
    </Popover>
  );
}
