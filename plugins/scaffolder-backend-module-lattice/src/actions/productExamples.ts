/** Example for the list of actions in the portal. */
export const productProvisionExamples = [
  {
    description: 'Launch a Lambda service behind VPC Lattice',
    example: `steps:
  - id: provision
    name: Create the service
    action: lattice:product:provision
    input:
      accountId: '223344556677'
      region: us-east-1
      productName: lattice-lambda-service
      provisionedProductName: stock
      repository: \${{ steps.publish.output.repository }}
      parameters:
        ServiceName: stock
        ServiceNetworkArn: arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-0123456789abcdef0
        AllowedCallers: \${{ parameters.callers }}
`,
  },
];

/** Example for the list of actions in the portal. */
export const productTerminateExamples = [
  {
    description:
      'Remove what an earlier step launched, when a later one failed',
    example: `steps:
  - id: take-back
    name: Take the service back
    if: \${{ failure() and steps.provision.output.provisionedProductId }}
    action: lattice:product:terminate
    input:
      accountId: '223344556677'
      region: us-east-1
      provisionedProductId: \${{ steps.provision.output.provisionedProductId }}
`,
  },
];
