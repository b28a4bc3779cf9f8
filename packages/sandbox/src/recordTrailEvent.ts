import { randomUUID } from 'crypto';
import type { Caller } from './ControlPlane';
import type { Estate } from './estate/Estate';
import type { TrailEvent } from './estate/resources';

const EVENT_RETENTION = 90 * 24 * 3_600_000;

const READ_ONLY =
  /^(Get|List|Describe|Filter|Lookup|Search|Scan|Head|Validate)/;

/** Services whose calls CloudTrail counts as data events, and so keeps out of the event history. */
const DATA_OPERATIONS = new Set([
  'logs:PutLogEvents',
  's3:PutObject',
  's3:DeleteObject',
]);

/** Members of inputs and outputs that name resources, with the type of what they name. */
const RESOURCE_MEMBERS: Record<string, string | undefined> = {
  serviceNetworkIdentifier: 'AWS::VpcLattice::ServiceNetwork',
  serviceIdentifier: 'AWS::VpcLattice::Service',
  listenerIdentifier: 'AWS::VpcLattice::Listener',
  ruleIdentifier: 'AWS::VpcLattice::Rule',
  targetGroupIdentifier: 'AWS::VpcLattice::TargetGroup',
  logGroupName: 'AWS::Logs::LogGroup',
  RoleName: 'AWS::IAM::Role',
  RoleArn: 'AWS::IAM::Role',
  StackName: 'AWS::CloudFormation::Stack',
  GroupId: 'AWS::EC2::SecurityGroup',
  resourceShareArn: 'AWS::RAM::ResourceShare',
  Bucket: 'AWS::S3::Bucket',
};

/** Types of VPC Lattice resources by what stands in their ARNs. */
const LATTICE_TYPES: Record<string, string> = {
  servicenetwork: 'ServiceNetwork',
  service: 'Service',
  listener: 'Listener',
  rule: 'Rule',
  targetgroup: 'TargetGroup',
  servicenetworkvpcassociation: 'ServiceNetworkVpcAssociation',
  servicenetworkserviceassociation: 'ServiceNetworkServiceAssociation',
  accesslogsubscription: 'AccessLogSubscription',
};

/** Keeps a successful write in the account's CloudTrail event history. */
export function recordTrailEvent(options: {
  estate: Estate;
  service: string;
  operation: string;
  input: any;
  output: any;
  caller: Caller;
  now: number;
}): void {
  const { estate, service, operation, input, output, caller, now } = options;
  if (
    READ_ONLY.test(operation) ||
    DATA_OPERATIONS.has(`${service}:${operation}`)
  ) {
    return;
  }
  const id = randomUUID();
  estate.trailEvents.put(id, {
    id,
    accountId: caller.accountId,
    region: caller.region,
    name: operation,
    source: `${service}.amazonaws.com`,
    time: new Date(now).toISOString(),
    principalArn: caller.principalArn,
    readOnly: false,
    resources: resourcesOf(estate, input, output),
    requestParameters: withoutSecrets(input),
    responseElements: withoutSecrets(output),
  });
}

/** CloudTrail keeps its event history for 90 days. `now`: milliseconds since the epoch. */
export function dropOldTrailEvents(estate: Estate, now: number): void {
  for (const [key, { time }] of estate.trailEvents.entries()) {
    if (Date.parse(time) < now - EVENT_RETENTION) {
      estate.trailEvents.delete(key);
    }
  }
}

function resourcesOf(
  estate: Estate,
  input: any,
  output: any,
): TrailEvent['resources'] {
  const resources = new Map<string, string>();
  const add = (name: unknown, type: string | undefined) => {
    if (typeof name === 'string') {
      const arn = latticeArnOf(estate, name) ?? name;
      const kind = latticeType(arn) ?? type;
      if (kind) {
        resources.set(arn, kind);
      }
    }
  };
  add(input?.resourceIdentifier, undefined);
  add(input?.resourceArn, undefined);
  for (const [member, type] of Object.entries(RESOURCE_MEMBERS)) {
    add(input?.[member], type);
    add(output?.[member], type);
  }
  add(output?.arn, undefined);
  return [...resources].map(([name, type]) => ({ type, name }));
}

/** Identifiers may be ids: events name resources by ARN, so that they are found by it. */
function latticeArnOf(estate: Estate, id: string): string | undefined {
  const collections = [estate.services, estate.serviceNetworks];
  for (const collection of collections) {
    for (const resource of collection.values()) {
      if (resource.id === id) {
        return resource.arn;
      }
    }
  }
  return undefined;
}

function latticeType(arn: string): string | undefined {
  const match =
    /^arn:aws:vpc-lattice:[^:]*:[^:]*:(?:.*\/)?([a-z]+)\/[^/]+$/.exec(arn);
  const type = match && LATTICE_TYPES[match[1]];
  return type ? `AWS::VpcLattice::${type}` : undefined;
}

/** As plain JSON, without secrets and binary content. */
function withoutSecrets(value: any): any {
  return JSON.parse(
    JSON.stringify(value ?? {}, (key, item) =>
      /^(SecretAccessKey|SessionToken|Body)$/.test(key) ? undefined : item,
    ),
  );
}
