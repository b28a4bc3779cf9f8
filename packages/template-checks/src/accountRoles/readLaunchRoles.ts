import { readProducts } from '@lattice-portal/products';
import { z } from 'zod';

const policy = z.object({
  Version: z.string(),
  Statement: z.array(z.record(z.string(), z.unknown())),
});

/** A role that makes what products hold. */
export interface LaunchRole {
  name: string;
  /** Whether only the account of the service networks launches its products. */
  isForPlatform: boolean;
  policy: z.infer<typeof policy>;
}

/**
 * The launch roles of all templates in a folder, by name.
 *
 * @throws InputError when a product.yaml is wrong, or a role is given two policies.
 */
export async function readLaunchRoles(
  templates: string,
): Promise<LaunchRole[]> {
  const roles = new Map<string, LaunchRole>();
  for (const { launchRole, portfolio } of await readProducts(templates)) {
    const { name } = launchRole;
    roles.set(name, {
      name,
      isForPlatform:
        portfolio === 'platform' && roles.get(name)?.isForPlatform !== false,
      policy: policy.parse(JSON.parse(launchRole.policy)),
    });
  }
  return [...roles.values()].sort((a, b) => a.name.localeCompare(b.name));
}
