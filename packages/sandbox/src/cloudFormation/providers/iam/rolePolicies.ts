import { ResourceProvider, ResourceRequest } from '../ResourceProvider';
import { policyText } from './policyText';

/** Puts the policy on the roles, and takes it off those that it was on before. */
async function put(
  { properties, call }: ResourceRequest,
  roles: string[],
  before: { name: string; roles: string[] } | undefined,
): Promise<void> {
  const { PolicyName, PolicyDocument } = properties;
  for (const RoleName of roles) {
    await call('iam', 'PutRolePolicy', {
      RoleName,
      PolicyName,
      PolicyDocument: policyText(PolicyDocument),
    });
  }
  for (const RoleName of before?.roles ?? []) {
    if (before!.name !== PolicyName || !roles.includes(RoleName)) {
      await remove(call, RoleName, before!.name);
    }
  }
}

async function remove(
  call: ResourceRequest['call'],
  RoleName: string,
  PolicyName: string,
): Promise<void> {
  try {
    await call('iam', 'DeleteRolePolicy', { RoleName, PolicyName });
  } catch (error) {
    if ((error as { code?: string }).code !== 'NoSuchEntityException') {
      throw error;
    }
  }
}

/** `AWS::IAM::Policy`: an inline policy of several roles; the sandbox has no users and groups. */
export const policy: ResourceProvider = {
  type: 'AWS::IAM::Policy',
  properties: ['PolicyDocument', 'PolicyName', 'Roles'],
  async create(request) {
    const { properties, generateName, exists } = request;
    const { Roles = [] } = properties;
    if (Roles.length === 0) {
      throw new Error(
        'At least one of [Groups,Roles,Users] must be non-empty.',
      );
    }
    const physicalId = generateName({ maximumLength: 128 });
    exists(physicalId);
    await put(request, Roles, undefined);
    return { physicalId, attributes: { Id: physicalId } };
  },
  async update(request) {
    const { properties, previousProperties } = request;
    await put(request, properties.Roles ?? [], {
      name: previousProperties.PolicyName,
      roles: previousProperties.Roles ?? [],
    });
    return {};
  },
  async delete({ properties, call }) {
    for (const role of properties.Roles ?? []) {
      await remove(call, role, properties.PolicyName);
    }
  },
};

/** `AWS::IAM::RolePolicy`: an inline policy of one role. */
export const rolePolicy: ResourceProvider = {
  type: 'AWS::IAM::RolePolicy',
  async create(request) {
    const { PolicyName, RoleName } = request.properties;
    await put(request, [RoleName], undefined);
    const physicalId = `${PolicyName}|${RoleName}`;
    request.exists(physicalId);
    return { physicalId };
  },
  async update(request) {
    await put(request, [request.properties.RoleName], undefined);
    return {};
  },
  async delete({ properties, call }) {
    await remove(call, properties.RoleName, properties.PolicyName);
  },
};
