import type { RootConfigService } from '@backstage/backend-plugin-api';

/**
 * The groups that may ask for everybody, and that decide where nobody is known to own a document, as
 * entity references in full.
 */
export function readPlatformGroups(config: RootConfigService): string[] {
  const groups = config.getOptionalStringArray(
    'permission.latticePlatformGroups',
  ) ?? ['group:default/platform'];
  // Claims of users are in lower case.
  return groups.map(group => group.toLocaleLowerCase('en-US'));
}
