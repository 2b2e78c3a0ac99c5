/** The only source of colours, sizes and radii. State colours are CSS variables, so that both schemes keep AA contrast. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const ink: MantineColorsTuple = [
  '#eef3fb',
  '#dbe4f4',
  '#b5c8ea',
  '#8ca9e0',
  '#698fd7',
  '#537fd2',
  '#3f6dc6',
  '#2f5bb0',
  '#284f9a',
  '#1e3f80',
];

const dark: MantineColorsTuple = [
  '#d3d8de',
  '#b4bbc3',
  '#8f98a1',
  '#68727b',
  '#424a52',
  '#343b42',
  '#252b30',
  '#1b1f23',
  '#15181b',
  '#101315',
];

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  colors: { ink, dark },
  fontFamily: "'Inter Variable', system-ui, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.5', xl: '1.5' },
  spacing: { xs: '0.375rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  defaultRadius: 'sm',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', allowDeselect: false } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
    // One long word or name in it never makes it wider than what holds it: what stands at its right stays in sight.
    ScrollAreaAutosize: { styles: { content: { minWidth: 0 } } },
    ActionIcon: { defaultProps: { variant: 'subtle' } },
    Paper: { defaultProps: { withBorder: true } },
    // The page has its banner already: the head of a drawer or a dialog is none.
    Drawer: { defaultProps: { attributes: { header: { role: 'presentation' } } } },
    Modal: { defaultProps: { attributes: { header: { role: 'presentation' } } } },
  },
});

/** [ink on a tinted ground, tinted ground, solid] of every state. */
const light = {
  ready: ['#1c6b35', '#e3f5e8', '#2b8a3e'],
  dialing: ['#0b6174', '#dff5f9', '#0c8599'],
  talking: ['#17549b', '#e2effc', '#1971c2'],
  hold: ['#6a35a8', '#f1e8fb', '#8146c4'],
  wrap_up: ['#7d4a00', '#fff1d6', '#b86e00'],
  pause: ['#495057', '#eceff2', '#6b747d'],
  offline: ['#343a40', '#dee2e6', '#343a40'],
  fault: ['#a61e1e', '#ffe6e6', '#d92f2f'],
};
const night: typeof light = {
  ready: ['#8ce0a1', '#163421', '#37b24d'],
  dialing: ['#7fdcec', '#0f333b', '#22b8cf'],
  talking: ['#93c8f9', '#142f49', '#339af0'],
  hold: ['#d0b3f5', '#31204a', '#9c6ae0'],
  wrap_up: ['#ffcf7a', '#3d2b0c', '#f0a020'],
  pause: ['#c5ccd3', '#30353b', '#868e96'],
  offline: ['#adb5bd', '#23272b', '#5c636a'],
  fault: ['#ffa8a8', '#451b1b', '#fa5252'],
};

function stateVariables(table: typeof light): Record<string, string> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([state, [ink, ground, solid]]) => [
      [`--state-${state}-ink`, ink ?? ''],
      [`--state-${state}-ground`, ground ?? ''],
      [`--state-${state}-solid`, solid ?? ''],
    ]),
  );
}

/** White on Mantine's own reds falls short of AA. */
const REDS = {
  '--mantine-color-red-filled': '#c92a2a',
  '--mantine-color-red-filled-hover': '#b02525',
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...stateVariables(light),
    ...REDS,
    // Mantine's own words on a tinted ground fall short of AA for these.
    '--mantine-color-teal-light-color': '#08694b',
    '--mantine-color-green-light-color': '#1c6b35',
    '--mantine-color-lime-light-color': '#456b00',
    '--mantine-color-yellow-light-color': '#7d4a00',
    '--mantine-color-orange-light-color': '#a13a00',
    '--mantine-color-cyan-light-color': '#0b6174',
    // Mantine's error red falls short of AA in both schemes.
    '--mantine-color-error': '#a61e1e',
    '--mantine-color-dimmed': '#59626b',
    '--mantine-color-placeholder': '#6b747d',
    '--ground': '#f4f6f8',
    '--surface': '#ffffff',
    '--surface-raised': '#fafbfc',
    '--line': '#d9dee4',
    '--placeholder-missing': '#a61e1e',
  },
  dark: {
    ...stateVariables(night),
    ...REDS,
    '--mantine-color-error': '#ffa8a8',
    '--mantine-color-dimmed': '#a0a7af',
    '--mantine-color-placeholder': '#8f98a1',
    '--ground': '#131619',
    '--surface': '#1b1f23',
    '--surface-raised': '#21262b',
    '--line': '#343a40',
    '--placeholder-missing': '#ffa8a8',
    '--mantine-color-body': '#1b1f23',
  },
});
