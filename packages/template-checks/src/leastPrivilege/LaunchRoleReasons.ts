import { parse } from 'yaml';
import { z } from 'zod';

const reason = z.string().min(10);

const launchRoleReasons = z.strictObject({
  wildcards: z.record(z.string(), reason).default({}),
  actions: z.record(z.string(), reason).default({}),
});

/** Why a launch role allows what it allows; the file `<policy>.reasons.yaml` beside the policy. */
export interface LaunchRoleReasons {
  /** Why the resource of a statement is `*`, by its Sid. */
  wildcards: Record<string, string>;
  /** Why an action is allowed that no handler of the products' resource types takes. */
  actions: Record<string, string>;
}

/** @throws ZodError when the text is something else. */
export function parseLaunchRoleReasons(text: string): LaunchRoleReasons {
  return launchRoleReasons.parse(parse(text));
}
