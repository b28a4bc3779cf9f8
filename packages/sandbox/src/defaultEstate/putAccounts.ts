import { rootId } from '../operations/organizations/rootId';
import { stableId, stableRoleId } from './identifiers';
import type { LoadContext } from './LoadContext';

/** Puts the organization, its accounts, their roles, functions and buckets. */
export function putAccounts(context: LoadContext): void {
  const { estate, file } = context;
  const createdAt = context.time('-90d');
  estate.organization.put('organization', {
    id: file.organization.id,
    managementAccountId: context.accountId(file.organization.managementAccount),
  });
  const units = putUnits(context);
  for (const { id, name, unit } of file.accounts) {
    estate.accounts.put(id, {
      id,
      name,
      email: `aws+${name}@example.com`,
      parentId: unit && unitId(units, unit),
    });
  }
  for (const role of file.roles) {
    const accounts = file.accounts.filter(
      account => role.account === '*' || role.account === account.name,
    );
    for (const account of accounts) {
      const arn = `arn:aws:iam::${account.id}:role/${role.name}`;
      estate.roles.put(arn, {
        arn,
        accountId: account.id,
        name: role.name,
        path: '/',
        id: stableRoleId(arn),
        trustPolicy: {
          Version: '2012-10-17',
          Statement: role.trust.map(principal => ({
            Effect: 'Allow',
            Principal: principal,
            Action: 'sts:AssumeRole',
          })),
        },
        inlinePolicies: role.policies,
        attachedPolicyArns: [],
        tags: context.tags(account.name, role.tags),
        createdAt,
      });
    }
  }
  for (const entry of file.functions) {
    const { name, account, runtime, handler, code } = entry;
    const arn = context.arn('lambda', account, `function:${name}`);
    estate.functions.put(arn, {
      ...context.owned(account),
      arn,
      name,
      roleArn: context.roleArn(entry.role),
      runtime,
      handler,
      code,
      environment: entry.environment,
      timeoutSeconds: entry.timeoutSeconds,
      tags: context.tags(account),
      permissions: {
        'vpc-lattice': {
          Sid: 'vpc-lattice',
          Effect: 'Allow',
          Principal: { Service: 'vpc-lattice.amazonaws.com' },
          Action: 'lambda:InvokeFunction',
          Resource: arn,
          Condition: {
            ArnLike: {
              'AWS:SourceArn': context.targetGroupArn(entry.targetGroup),
            },
          },
        },
      },
      createdAt,
    });
  }
  for (const { name, account } of file.buckets) {
    estate.buckets.put(name, { ...context.owned(account), name, createdAt });
  }
}

/** Puts the organizational units, and gives their ids by name. */
function putUnits({ estate, file }: LoadContext): Map<string, string> {
  const root = rootId(estate.organization.get('organization')!);
  const units = new Map<string, string>();
  for (const { name, parent } of file.organization.units) {
    const id = stableId(`ou-${root.slice(2)}`, name);
    estate.organizationalUnits.put(id, {
      id,
      name,
      parentId: parent ? unitId(units, parent) : root,
    });
    units.set(name, id);
  }
  return units;
}

function unitId(units: Map<string, string>, name: string): string {
  const id = units.get(name);
  if (!id) {
    throw new Error(`The estate has no organizational unit ${name}`);
  }
  return id;
}

/** Puts VPCs, security groups and the prefix lists AWS keeps in every account. */
export function putNetworking(context: LoadContext): void {
  const { estate, file } = context;
  for (const { name, account, cidr } of file.vpcs) {
    const { id } = context.vpc(name);
    estate.vpcs.put(id, {
      ...context.owned(account),
      arn: context.arn('ec2', account, `vpc/${id}`),
      id,
      cidrBlock: cidr,
      tags: { ...context.tags(account), Name: name },
    });
  }
  for (const { name, description, vpc, rules } of file.securityGroups) {
    const { id: vpcId, account } = context.vpc(vpc);
    const id = context.securityGroupId(name);
    estate.securityGroups.put(id, {
      ...context.owned(account),
      arn: context.arn('ec2', account, `security-group/${id}`),
      id,
      name,
      description,
      vpcId,
      rules,
      tags: context.tags(account),
    });
  }
  for (const { name, addressFamily, entries } of file.prefixLists) {
    const id = stableId('pl', name);
    for (const account of file.accounts) {
      const owned = context.owned(account.name);
      estate.prefixLists.put(`${owned.accountId}/${owned.region}/${id}`, {
        ...owned,
        arn: `arn:aws:ec2:${owned.region}:aws:prefix-list/${id}`,
        id,
        name: `com.amazonaws.${owned.region}.${name}`,
        addressFamily,
        entries,
      });
    }
  }
}
