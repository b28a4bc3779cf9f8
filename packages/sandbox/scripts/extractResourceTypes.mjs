/**
 * Writes src/cloudFormation/generated/resourceTypes.json: what CloudFormation's resource
 * specification says of the types the sandbox can make (properties, enums, attributes).
 *
 *   node scripts/extractResourceTypes.mjs            writes the file
 *   node scripts/extractResourceTypes.mjs --print    prints it instead
 */
import { writeFileSync } from 'node:fs';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const typeNames = [
  'AWS::CloudFormation::StackSet',
  'AWS::CloudWatch::Alarm',
  'AWS::DynamoDB::Table',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::IAM::Role',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::RAM::ResourceShare',
  'AWS::VpcLattice::AccessLogSubscription',
  'AWS::VpcLattice::AuthPolicy',
  'AWS::VpcLattice::Listener',
  'AWS::VpcLattice::Rule',
  'AWS::VpcLattice::Service',
  'AWS::VpcLattice::ServiceNetwork',
  'AWS::VpcLattice::ServiceNetworkServiceAssociation',
  'AWS::VpcLattice::ServiceNetworkVpcAssociation',
  'AWS::VpcLattice::TargetGroup',
];

const database = loadAwsServiceSpecSync();

function describeType(type, names) {
  switch (type.type) {
    case 'ref':
      return { ref: names.get(type.reference.$ref) };
    case 'array':
      return { list: describeType(type.element, names) };
    case 'map':
      return { map: describeType(type.element, names) };
    case 'union':
      return { any: type.types.map(member => describeType(member, names)) };
    case 'string':
      return type.allowedValues
        ? { is: 'string', oneOf: [...type.allowedValues].sort() }
        : { is: 'string' };
    case 'date-time':
      return { is: 'string' };
    case 'tag':
      return { ref: 'Tag' };
    default:
      return { is: type.type };
  }
}

function replacement({ causesReplacement }) {
  const values = { yes: true, maybe: 'maybe' };
  return causesReplacement in values
    ? { replaces: values[causesReplacement] }
    : {};
}

function describeProperties(properties, names) {
  return Object.fromEntries(
    Object.entries(properties)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, property]) => [
        name,
        {
          ...describeType(property.type, names),
          ...(property.required ? { required: true } : {}),
          ...replacement(property),
        },
      ]),
  );
}

function describeResource(typeName) {
  const resource = database
    .lookup('resource', 'cloudFormationType', 'equals', typeName)
    .only();
  const used = database.follow('usesType', resource).map(link => link.entity);
  const names = new Map(used.map(type => [type.$id, type.name]));
  const types = Object.fromEntries(
    [...used]
      .sort((left, right) => (left.name < right.name ? -1 : 1))
      .map(type => [type.name, describeProperties(type.properties, names)]),
  );
  return {
    properties: describeProperties(resource.properties, names),
    attributes: Object.keys(resource.attributes).sort(),
    types: {
      ...types,
      Tag: {
        Key: { is: 'string', required: true },
        Value: { is: 'string', required: true },
      },
    },
  };
}

const extract = `${JSON.stringify(
  Object.fromEntries(typeNames.map(name => [name, describeResource(name)])),
  undefined,
  1,
)}\n`;

if (process.argv.includes('--print')) {
  process.stdout.write(extract);
} else {
  writeFileSync(
    new URL(
      '../src/cloudFormation/generated/resourceTypes.json',
      import.meta.url,
    ),
    extract,
  );
}
