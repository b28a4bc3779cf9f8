import { SourceTemplate } from '../cloudFormation/SourceTemplate';
import type { LaunchRole } from './readLaunchRoles';

const NOTE = `# Written by \`npm run account-roles\` from accounts/portal-roles.yaml and the launch policies of all
# products. Change those.
`;

const FOR_PLATFORM = `  PlatformAccountId:
    Type: String
    Description: Account of the service networks; the only one that gets the roles for platform products.
    AllowedPattern: '[0-9]{12}'
    ConstraintDescription: an account id

Conditions:
  IsPlatformAccount: !Equals [!Ref AWS::AccountId, !Ref PlatformAccountId]
`;

/**
 * The stack template of an account's roles: the portal's own, and the launch roles of the products.
 *
 * @param portalRoles - text of the template with the portal's own.
 */
export function composeAccountRoles(
  portalRoles: string,
  launchRoles: LaunchRole[],
): string {
  const parts = /^(.*)\nResources:\n(.*)\nOutputs:\n(.*)$/s.exec(portalRoles);
  if (!parts) {
    throw new Error(
      'The template of the portal roles needs Parameters, Resources and Outputs, in this order',
    );
  }
  const [, parameters, resources, outputs] = parts;
  const roles = launchRoles.map(roleResource).join('\n');
  return `${NOTE}${parameters}${FOR_PLATFORM}\nResources:\n${resources}\n${roles}\nOutputs:\n${outputs}`;
}

function roleResource({ name, isForPlatform, policy }: LaunchRole): string {
  const logicalId = name.replace(/(^|-)(\w)/g, (_, __, letter) =>
    letter.toUpperCase(),
  );
  const statements = policy.Statement.map(
    statement => `              - ${JSON.stringify(statement)}`,
  );
  return [
    `  ${logicalId}:`,
    '    Type: AWS::IAM::Role',
    ...(isForPlatform ? ['    Condition: IsPlatformAccount'] : []),
    '    Properties:',
    `      RoleName: ${name}`,
    '      Description: By which Service Catalog makes what a product of the portal holds',
    '      AssumeRolePolicyDocument:',
    "        Version: '2012-10-17'",
    '        Statement:',
    '          - Effect: Allow',
    '            Principal: { Service: servicecatalog.amazonaws.com }',
    '            Action: sts:AssumeRole',
    '            Condition:',
    '              StringEquals: { aws:SourceAccount: !Ref AWS::AccountId }',
    '      Policies:',
    '        - PolicyName: launch',
    '          PolicyDocument:',
    `            Version: '${policy.Version}'`,
    '            Statement:',
    ...statements,
    '',
  ].join('\n');
}

/** The product that puts an account's roles into all accounts of organizational units, as a stack set. */
export function composeAccountRolesProduct(accountRoles: string): string {
  // A template in a template holds 51,200 bytes: as JSON in one line there is room.
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
  const body = JSON.stringify(SourceTemplate.parse(accountRoles).value);
  return `${NOTE}AWSTemplateFormatVersion: '2010-09-09'
Description: >-
  The portal's roles and the launch roles of its products, in all accounts of organizational units,
  those that join later included.

Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups:
      - Label: { default: Where }
        Parameters: [OrganizationalUnitIds, CallAs]
      - Label: { default: For whom }
        Parameters: [PortalRoleArn, PlatformAccountId]

Parameters:
  OrganizationalUnitIds:
    Type: CommaDelimitedList
    Description: Organizational units (ou-...) or the root (r-...) whose accounts get the roles, comma-separated.
    AllowedPattern: '(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})'
    ConstraintDescription: ids of organizational units, or of the root
  CallAs:
    Type: String
    Description: SELF in the management account, DELEGATED_ADMIN in an account that is one for CloudFormation.
    Default: DELEGATED_ADMIN
    AllowedValues: [DELEGATED_ADMIN, SELF]
  PortalRoleArn:
    Type: String
    Description: Role that the portal runs with; the only one that may assume its roles in the accounts.
    AllowedPattern: 'arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+'
    ConstraintDescription: the ARN of an IAM role
  PlatformAccountId:
    Type: String
    Description: Account of the service networks; the only one that gets the roles for platform products.
    AllowedPattern: '[0-9]{12}'
    ConstraintDescription: an account id

Resources:
  Roles:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: lattice-portal-roles
      Description: The portal's roles and the launch roles of its products
      PermissionModel: SERVICE_MANAGED
      CallAs: !Ref CallAs
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false }
      ManagedExecution: { Active: true }
      Capabilities: [CAPABILITY_NAMED_IAM]
      OperationPreferences:
        MaxConcurrentPercentage: 100
        FailureTolerancePercentage: 10
      Parameters:
        - { ParameterKey: PortalRoleArn, ParameterValue: !Ref PortalRoleArn }
        - {
            ParameterKey: PlatformAccountId,
            ParameterValue: !Ref PlatformAccountId,
          }
      StackInstancesGroup:
        - DeploymentTargets: { OrganizationalUnitIds: !Ref OrganizationalUnitIds }
          # Roles belong to no Region: one stack in each account.
          Regions: [!Ref AWS::Region]
      TemplateBody: |
        ${body}

Outputs:
  StackSetId:
    Description: Id of the stack set
    Value: !GetAtt Roles.StackSetId
`;
}
