/** Example for the list of actions in the portal. */
export const accessRequestExamples = [
  {
    description: 'Ask for access to a service',
    example: `steps:
  - id: ask
    name: Ask its owner
    action: lattice:access:request
    input:
      callerId: arn:aws:iam::667788990011:role/batch-export
      serviceArn: arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0
      methods: [GET]
      paths: ['/items/*']
      reason: Nightly export of the stock
`,
  },
];
