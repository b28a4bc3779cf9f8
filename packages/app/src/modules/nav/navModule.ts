import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { navContent } from './navContent';

/** The side bar. */
export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [navContent],
});
