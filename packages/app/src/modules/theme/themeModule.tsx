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

const themes = {
  light: createUnifiedTheme({ palette: palettes.light, components }),
  dark: createUnifiedTheme({ palette: palettes.dark, components }),
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
