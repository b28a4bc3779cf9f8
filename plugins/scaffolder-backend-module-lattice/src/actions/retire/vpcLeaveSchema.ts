import type { z as zod } from 'zod/v3';

type Z = typeof zod;

/** What `lattice:vpc:leave` takes. */
export const vpcLeaveInput = {
  accountId: (z: Z) =>
    z
      .string()
      .regex(/^\d{12}$/, 'an account number has 12 digits')
      .describe('Account of the VPC'),
  serviceNetworkArn: (z: Z) =>
    z
      .string()
      .regex(
        /^arn:[^:]+:vpc-lattice:[^:]+:\d{12}:servicenetwork\/sn-[0-9a-f]+$/,
        'is no ARN of a service network',
      ),
  vpcId: (z: Z) => z.string(),
  way: (z: Z) =>
    z.enum(['association', 'endpoint']).describe('By what it is in'),
  provisionedProductName: (z: Z) =>
    z.string().describe('Name that the association or endpoint was made by'),
  confirm: (z: Z) => z.string().describe('Id of the VPC, typed once more'),
  mode: (z: Z) =>
    z
      .enum(['show', 'unless-used', 'anyway'])
      .describe(
        'show: only tell who would lose access; unless-used: refuse while somebody would, or while that is unknown; anyway: whoever loses access',
      ),
  days: (z: Z) =>
    z
      .number()
      .int()
      .min(1)
      .max(30)
      .optional()
      .describe('How far back calls count. Default: 7'),
};

/** Example for the list of actions in the portal. */
export const vpcLeaveExamples = [
  {
    description: 'Take a VPC out of a service network if nobody uses it',
    example: `steps:
  - id: leave
    name: Take the VPC out
    action: lattice:vpc:leave
    input:
      accountId: \${{ parameters.account }}
      serviceNetworkArn: \${{ parameters.network }}
      vpcId: \${{ parameters.vpc }}
      way: association
      provisionedProductName: \${{ parameters.vpc }}-association
      confirm: \${{ parameters.confirm }}
      mode: unless-used
`,
  },
];
