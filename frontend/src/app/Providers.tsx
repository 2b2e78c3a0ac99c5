/** What every screen stands on: theme, dates, queries, messages. */
import { MantineProvider, type MantineThemeOverride, mergeThemeOverrides } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import 'dayjs/locale/fr';
import 'dayjs/locale/en-gb';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from './query';
import { cssVariables, theme } from './theme';

const CLEARABLE = [
  'Select',
  'MultiSelect',
  'TagsInput',
  'DateInput',
  'DatePickerInput',
  'DateTimePicker',
  'Autocomplete',
];

/** The cross that empties a field has no words of its own: it is named for screen readers. */
function clearButtons(label: string): MantineThemeOverride {
  const props = { defaultProps: { clearButtonProps: { 'aria-label': label } } };
  return { components: Object.fromEntries(CLEARABLE.map((name) => [name, props])) };
}

export function Providers({ children }: { children: ReactNode }) {
  const { i18n, t } = useTranslation('common');
  const named = useMemo(() => mergeThemeOverrides(theme, clearButtons(t('actions.clear'))), [t]);
  const locale = i18n.language === 'en' ? 'en-gb' : 'fr';
  return (
    <MantineProvider theme={named} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <DatesProvider settings={{ locale, firstDayOfWeek: 1 }}>
        <QueryClientProvider client={queryClient}>
          <Notifications position="top-center" limit={4} />
          {children}
        </QueryClientProvider>
      </DatesProvider>
    </MantineProvider>
  );
}
