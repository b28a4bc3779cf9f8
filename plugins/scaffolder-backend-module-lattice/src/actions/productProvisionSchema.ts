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
  repository: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'Repository that lattice:git:publish made in this run; removed too if this step fails or is cancelled',
      ),
};

/** What `lattice:product:provision` puts out. */
export const productProvisionOutput = {
  outputs: (z: Z) =>
    z.record(z.string()).describe('Outputs of the product by name'),
  provisionedProductId: (z: Z) => z.string(),
  provisionedProductName: (z: Z) => z.string(),
  recordId: (z: Z) => z.string(),
  stackArn: (z: Z) => z.string().optional(),
};
