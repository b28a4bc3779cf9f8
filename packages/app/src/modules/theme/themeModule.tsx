import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { ThemeBlueprint } from '@backstage/plugin-app-react';
import {
  createUnifiedTheme,
  palettes,
  UnifiedThemeProvider,
} from '@backstage/theme';
import { RiMoonLine, RiSunLine } from '@remixicon/react';

/**
 * The fields that the scaffolder draws by itself look like those of `@backstage/ui` beside them: with an edge all around,
 * and without a colour that would mean an outcome.
 */
const components: Parameters<typeof createUnifiedTheme>[0]['components'] = {
  MuiCheckbox: { defaultProps: { color: 'primary' } },
  MuiRadio: { defaultProps: { color: 'primary' } },
  MuiSwitch: { defaultProps: { color: 'primary' } },
  MuiTextField: { defaultProps: { variant: 'outlined', size: 'small' } },
  // On a phone, the steps of a form with many pages would be cut off.
  MuiStepper: {
    styleOverrides: {
      root: { '@media (max-width: 600px)': { padding: '24px 0' } },
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
