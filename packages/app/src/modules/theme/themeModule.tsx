import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { ThemeBlueprint } from '@backstage/plugin-app-react';
import {
  createUnifiedTheme,
  palettes,
  UnifiedThemeProvider,
} from '@backstage/theme';
import { RiMoonLine, RiSunLine } from '@remixicon/react';

const PHONE = '@media (max-width: 600px)';

/** What a form or an entity sums up in a table: on a phone, each value is below its name, and broken anywhere. */
const metadataCell = {
  styleOverrides: {
    root: { [PHONE]: { display: 'block', overflowWrap: 'anywhere' } },
  },
} as const;

/**
 * The fields that the scaffolder draws by itself look like those of `@backstage/ui` beside them: with an edge all around,
 * and without a colour that would mean an outcome.
 */
const components: Parameters<typeof createUnifiedTheme>[0]['components'] = {
  BackstageMetadataTableTitleCell: metadataCell,
  BackstageMetadataTableCell: metadataCell,
  MuiCheckbox: { defaultProps: { color: 'primary' } },
  MuiRadio: { defaultProps: { color: 'primary' } },
  MuiSwitch: { defaultProps: { color: 'primary' } },
  MuiTextField: { defaultProps: { variant: 'outlined', size: 'small' } },
  // On a phone, the steps of a form with many pages would be cut off: there, the one that is open has its name, and the
  // others have theirs for screen readers.
  MuiStepper: {
    styleOverrides: {
      root: { [PHONE]: { padding: '24px 0' } },
    },
  },
  MuiStepLabel: {
    styleOverrides: {
      label: {
        [PHONE]: {
          '&:not(.MuiStepLabel-active)': {
            position: 'absolute',
            width: 1,
            height: 1,
            overflow: 'hidden',
            clipPath: 'inset(50%)',
          },
        },
      },
    },
  },
};

/**
 * What a form refuses has to be readable: Material UI's red has a contrast of 3.7 on white and of 2.7 on its dark paper,
 * on which the descriptions of fields fall short of 4.5 as well (https://www.w3.org/TR/WCAG22/#contrast-minimum).
 */
const readable = {
  light: { error: { main: '#d32f2f' } },
  dark: {
    error: { main: '#ff8a80' },
    background: { ...palettes.dark.background, paper: '#383838' },
  },
};

const themes = {
  light: createUnifiedTheme({
    palette: { ...palettes.light, ...readable.light },
    components,
  }),
  dark: createUnifiedTheme({
    palette: { ...palettes.dark, ...readable.dark },
    components,
  }),
};

const lightTheme = ThemeBlueprint.make({
  name: 'light',
  params: {
    theme: {
      id: 'light',
      title: 'Light',
      variant: 'light',
      icon: <RiSunLine />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={themes.light}>
          {children}
        </UnifiedThemeProvider>
      ),
    },
  },
});

const darkTheme = ThemeBlueprint.make({
  name: 'dark',
  params: {
    theme: {
      id: 'dark',
      title: 'Dark',
      variant: 'dark',
      icon: <RiMoonLine />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={themes.dark}>
          {children}
        </UnifiedThemeProvider>
      ),
    },
  },
});

/** Backstage's light and dark theme, with one look for all fields. */
export const themeModule = createFrontendModule({
  pluginId: 'app',
  extensions: [lightTheme, darkTheme],
});
