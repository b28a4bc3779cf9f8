import snapshot from './generated/models.json';

/** Traits of a shape or member that matter on the wire; see the Smithy specification. */
export interface Traits {
  httpLabel?: 1;
  httpPayload?: 1;
  httpResponseCode?: 1;
  httpQueryParams?: 1;
  httpQuery?: string;
  httpHeader?: string;
  httpPrefixHeaders?: string;
  jsonName?: string;
  xmlName?: string;
  xmlFlattened?: 1;
  xmlAttribute?: 1;
  xmlNamespace?: unknown;
  ec2QueryName?: string;
  streaming?: 1;
  sparse?: 1;
  httpError?: number;
  /** Code and status of the error in the query protocol. */
  awsQueryError?: [code: string, status: number];
}

/**
 * A simple type, or a list (64 added) or map (128 added) of one, or the name of a shape.
 * The numbers are those of the AWS SDK's schemas: see {@link SimpleType}.
 */
export type Reference = number | string;

export type Member = [target: Reference, traits?: Traits];

export interface Shape {
  traits?: Traits;
  union?: true;
  required?: string[];
  members?: Record<string, Member>;
  list?: Member;
  map?: [key: Member, value: Member];
}

export interface OperationModel {
  http?: [method: string, uri: string, status: number];
  input: string;
  output: string;
}

export type ProtocolName =
  | 'restJson1'
  | 'awsJson1_1'
  | 'awsQuery'
  | 'ec2Query'
  | 'restXml';

export interface ServiceModel {
  protocol: ProtocolName;
  version: string;
  target: string;
  xmlNamespace?: string;
  operations: Record<string, OperationModel>;
  errors: string[];
  shapes: Record<string, Shape>;
}

/** Simple types as the SDK's schemas number them. */
export const SimpleType = {
  string: 0,
  number: 1,
  boolean: 2,
  timestamp: 4,
  dateTime: 5,
  httpDate: 6,
  epochSeconds: 7,
  document: 15,
  bigInteger: 17,
  bigDecimal: 19,
  blob: 21,
  streamingBlob: 42,
} as const;

const LIST_MODIFIER = 64;
const MAP_MODIFIER = 128;
const UNIT: Shape = { members: {} };

/** The services of the snapshot by signing name. */
export const serviceModels = snapshot as unknown as Record<
  string,
  ServiceModel
>;

/** What a reference stands for: a simple type's number, or a shape. */
export function resolve(
  model: ServiceModel,
  reference: Reference,
): number | Shape {
  if (typeof reference === 'string') {
    return model.shapes[reference] ?? UNIT;
  }
  if (reference >= MAP_MODIFIER) {
    return { map: [[SimpleType.string], [reference - MAP_MODIFIER]] };
  }
  if (reference >= LIST_MODIFIER) {
    return { list: [reference - LIST_MODIFIER] };
  }
  return reference;
}

/** The members of a structure. */
export function membersOf(
  model: ServiceModel,
  shapeName: string,
): Record<string, Member> {
  return (model.shapes[shapeName] ?? UNIT).members ?? {};
}
