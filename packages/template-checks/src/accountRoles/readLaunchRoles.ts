import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const descriptor = z.object({
  products: z.array(
    z.object({
      name: z.string(),
      template: z.string(),
      portfolio: z.enum(['applications', 'platform']),
      launchRole: z.string(),
      launchRolePolicy: z.string(),
    }),
  ),
});

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
 * @throws Error when a role is given two policies.
 */
export async function readLaunchRoles(
  templates: string,
): Promise<LaunchRole[]> {
  const roles = new Map<string, LaunchRole>();
  for (const entry of (await readdir(templates)).sort()) {
    const folder = join(templates, entry, 'product');
    for (const product of await readDescriptor(folder)) {
      const { launchRole: name, launchRolePolicy, portfolio } = product;
      const role: LaunchRole = {
        name,
        isForPlatform: portfolio === 'platform',
        policy: policy.parse(
          JSON.parse(await readFile(join(folder, launchRolePolicy), 'utf8')),
        ),
      };
      const known = roles.get(name);
      if (known && JSON.stringify(known) !== JSON.stringify(role)) {
        throw new Error(
          `The launch role ${name} is described twice, and not the same; once in ${folder}`,
        );
      }
      roles.set(name, role);
    }
  }
  return [...roles.values()].sort((a, b) => a.name.localeCompare(b.name));
}

async function readDescriptor(folder: string) {
  try {
    const text = await readFile(join(folder, 'product.yaml'), 'utf8');
    return descriptor.parse(parse(text)).products;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
