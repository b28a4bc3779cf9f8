import type {
  PolicyDocument,
  PolicyStatement,
} from '@lattice-portal/auth-policy';

/** A policy that a product makes of its parameters, and what it is the policy of. */
export interface ProductPolicy {
  /** Of the service or service network. */
  resourceArn: string;
  /** JSON. */
  document: string;
}

/**
 * The auth policy that a product makes of its parameters alone, as its template says. Undefined: it makes none, or is
 * not there yet.
 *
 * @remarks
 * A test compares it with what CloudFormation makes of the templates. Where it still differs, as with a version of a
 * product that others made, the merge finds a conflict and changes nothing.
 */
export function productPolicy(options: {
  /** As CloudFormation has them; defaults filled in. */
  values: Record<string, string>;
  outputs: Record<string, string>;
}): ProductPolicy | undefined {
  const { values, outputs } = options;
  const { ServiceArn: serviceArn, ServiceNetworkArn: networkArn } = outputs;
  if (serviceArn && values.AllowedCallers !== undefined) {
    return {
      resourceArn: serviceArn,
      document:
        values.AuthPolicy ||
        documentOf([servicePolicyStatement(values, serviceArn)]),
    };
  }
  return networkArn && values.OrganizationId !== undefined
    ? {
        resourceArn: networkArn,
        document: documentOf(networkPolicyStatements(values)),
      }
    : undefined;
}

function documentOf(statements: PolicyStatement[]): string {
  const document: PolicyDocument = {
    Version: '2012-10-17',
    Statement: statements,
  };
  return JSON.stringify(document);
}

function servicePolicyStatement(
  values: Record<string, string>,
  serviceArn: string,
): PolicyStatement {
  return {
    Sid: 'AllowChosenCallers',
    Effect: 'Allow',
    Principal: { AWS: listIn(values.AllowedCallers) },
    Action: 'vpc-lattice-svcs:Invoke',
    Resource: `${serviceArn}${values.AllowedPath ?? ''}`,
    Condition: {
      StringEquals: {
        'vpc-lattice-svcs:ServiceNetworkArn': values.ServiceNetworkArn ?? '',
        'vpc-lattice-svcs:RequestMethod': listIn(values.AllowedMethods),
      },
      StringNotEquals: { 'aws:PrincipalType': 'Anonymous' },
    },
  };
}

function networkPolicyStatements(
  values: Record<string, string>,
): PolicyStatement[] {
  const vpcs = listIn(values.AllowedVpcs);
  const fromVpcs = { 'vpc-lattice-svcs:SourceVpc': vpcs };
  const common = { Effect: 'Allow' as const, Resource: '*' };
  const statements: PolicyStatement[] = [
    {
      ...common,
      Sid: 'AllowOrganization',
      Principal: { AWS: '*' },
      Action: 'vpc-lattice-svcs:Invoke',
      Condition: {
        StringEquals: {
          'aws:PrincipalOrgID': values.OrganizationId,
          ...(vpcs.length > 0 ? fromVpcs : {}),
        },
      },
    },
  ];
  if (['tls', 'requests'].includes(values.AnonymousCallers)) {
    statements.push({
      ...common,
      Sid: 'AllowAnonymousConnections',
      Principal: '*',
      Action: 'vpc-lattice-svcs:Connect',
      Condition: { StringEquals: fromVpcs },
    });
  }
  if (values.AnonymousCallers === 'requests') {
    statements.push({
      ...common,
      Sid: 'AllowAnonymousRequests',
      Principal: '*',
      Action: 'vpc-lattice-svcs:Invoke',
      Condition: {
        StringEquals: { 'aws:PrincipalType': 'Anonymous', ...fromVpcs },
      },
    });
  }
  return statements;
}

function listIn(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(Boolean);
}
