/** The name of the one inline policy of a launch role. */
export const POLICY_NAME = 'launch';

/**
 * Who may assume a launch role: Service Catalog, for the role's own account.
 * {@link https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html}
 */
export function launchRoleTrust(accountId: string): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'servicecatalog.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
      },
    ],
  };
}
