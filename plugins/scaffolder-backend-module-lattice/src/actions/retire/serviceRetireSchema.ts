import type { z as zod } from 'zod/v3';

type Z = typeof zod;

/** What `lattice:service:retire` takes. */
export const serviceRetireInput = {
  entityRef: (z: Z) =>
    z.string().describe('Component that runs the service, component:default/…'),
  confirm: (z: Z) =>
    z.string().describe('Name of the component, typed once more'),
  onlyShow: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe('Only tell what would be removed. Default: false'),
  accountId: (z: Z) =>
    z
      .string()
      .regex(/^\d{12}$/, 'an account number has 12 digits')
      .optional()
      .describe('Where the catalog does not tell'),
  region: (z: Z) =>
    z.string().optional().describe('Where the catalog does not tell'),
  repository: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Name of the repository, where the catalog does not tell'),
};

/** Example for the list of actions in the portal. */
export const serviceRetireExamples = [
  {
    description: 'Retire a service',
    example: `steps:
  - id: retire
    name: Retire the service
    action: lattice:service:retire
    input:
      entityRef: \${{ parameters.component }}
      confirm: \${{ parameters.confirm }}
`,
  },
];
