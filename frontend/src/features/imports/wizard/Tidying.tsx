/** What is put right in the values on the way in; nothing, unless it is asked. */
import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/form/Section';
import type { ImportStart } from '../types';

export type Tidy = NonNullable<ImportStart['tidy']>;

const OPTIONS = ['civility', 'names', 'towns'] as const;

export function Tidying({ value, onChange }: { value: Tidy; onChange: (value: Tidy) => void }) {
  const { t } = useTranslation('imports');
  return (
    <Section title={t('tidy.title')} help={t('tidy.help')}>
      <Checkbox.Group
        aria-label={t('tidy.title')}
        value={value}
        onChange={(options) => onChange(options as Tidy)}
      >
        <Stack gap="xs">
          {OPTIONS.map((option) => (
            <Checkbox
              key={option}
              value={option}
              label={t(`tidy.${option}`)}
              description={t(`tidy.${option}Help`)}
            />
          ))}
        </Stack>
      </Checkbox.Group>
    </Section>
  );
}
