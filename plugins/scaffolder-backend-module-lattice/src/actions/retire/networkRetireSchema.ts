import type { z as zod } from 'zod/v3';

type Z = typeof zod;

/** What `lattice:network:retire` takes. */
export const networkRetireInput = {
  entityRef: (z: Z) =>
    z
      .string()
      .describe(
        'Service network, resource:default/…; or the component its repository registered, component:default/…',
      ),
  confirm: (z: Z) =>
    z.string().describe('Name of the service network, typed once more'),
  onlyShow: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe('Only tell what would be removed. Default: false'),
};

/** Example for the list of actions in the portal. */
export const networkRetireExamples = [
  {
    description: 'Retire a service network',
    example: `steps:
  - id: retire
    name: Retire the service network
    action: lattice:network:retire
    input:
      entityRef: \${{ parameters.network }}
      confirm: \${{ parameters.confirm }}
`,
  },
];
