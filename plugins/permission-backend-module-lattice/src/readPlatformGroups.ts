import type { RootConfigService } from '@backstage/backend-plugin-api';

const key = 'permission.latticePlatformGroups';

/** The groups that read everything, as entity references in full. */
export function readPlatformGroups(config: RootConfigService): string[] {
  const groups = config.getOptionalStringArray(key) ?? [
    'group:default/platform',
  ];
  for (const group of groups) {
    if (!/^[^:/]+:[^:/]+\/[^:/]+$/.test(group)) {
      throw new Error(
        `${key} has "${group}"; an entity reference in full is wanted, such as group:default/platform`,
      );
    }
  }
  // Claims of users are in lower case.
  return groups.map(group => group.toLocaleLowerCase('en-US'));
}
