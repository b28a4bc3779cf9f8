import type { z as zod } from 'zod/v3';

type Z = typeof zod;

/** What `lattice:product:provision` takes. */
export const productProvisionInput = {
  accountId: (z: Z) =>
    z.string().regex(/^\d{12}$/, 'an account number has 12 digits'),
  region: (z: Z) => z.string().describe('AWS Region, such as us-east-1'),
  productName: (z: Z) => z.string().describe('Name of the product'),
  provisionedProductName: (z: Z) =>
    z
      .string()
      .regex(
        /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,127}$/,
        "a name starts with a letter or digit and holds letters, digits, '.', '_' and '-' only",
      )
      .describe('Name of what is made; unique in the account'),
  parameters: (z: Z) =>
    z
      .record(
        z.union([
          z.string(),
          z.number(),
          z.boolean(),
          z.array(z.string()),
          z.null(),
        ]),
      )
      .describe(
        'Parameters of the product by name; lists are joined by commas',
      ),
  launchPathName: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Portfolio to launch through, where there are several'),
  vpcAssociation: (z: Z) =>
    z
      .enum(['needed', 'absent'])
      .optional()
      .describe(
        'Whether VpcId has to be associated with ServiceNetworkArn (needed), or with no service network yet (absent). Default: either will do',
      ),
  vpcId: (z: Z) =>
    z
      .string()
      .optional()
      .describe('VPC that is looked at, if the product has no VpcId'),
  serviceNetworkArns: (z: Z) =>
    z
      .array(z.string())
      .optional()
      .describe(
        'Service networks of which one will do, if the product has no ServiceNetworkArn',
      ),
  repository: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'Repository that lattice:git:publish made or changed in this run; taken back too if this step fails or is cancelled',
      ),
};

/** What `lattice:product:provision` puts out. */
export const productProvisionOutput = {
  outputs: (z: Z) =>
    z.record(z.string()).describe('Outputs of the product by name'),
  provisionedProductId: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'What this step launched, for steps that take it back. Absent where it changed what was there before',
      ),
  provisionedProductName: (z: Z) => z.string(),
  recordId: (z: Z) =>
    z.string().optional().describe('Absent: nothing had to change'),
  stackArn: (z: Z) => z.string().optional(),
  plan: (z: Z) =>
    z
      .array(
        z.object({
          action: z.enum(['ADD', 'MODIFY', 'REMOVE', 'unknown']),
          logicalId: z.string(),
          resourceType: z.string(),
          replacement: z.enum(['TRUE', 'FALSE', 'CONDITIONAL']).optional(),
          properties: z.array(z.string()),
        }),
      )
      .describe('Resources that are added, changed and removed'),
  planStatus: (z: Z) =>
    z
      .enum(['planned', 'unchanged', 'unknown'])
      .describe('unknown: AWS gave no plan, so an empty plan says nothing'),
  updated: (z: Z) =>
    z.boolean().describe('True: the product was there, and is changed'),
};
