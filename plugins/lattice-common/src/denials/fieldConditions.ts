import { InputError } from '@backstage/errors';

/**
 * The fields of a denied call's record that can be asked for, named as AWS names them, with what they hold.
 *
 * @remarks
 * `requestPath` is without query string, which is `requestQuery`. `callerPrincipalTags` is the text of a
 * JSON object. Durations are milliseconds.
 * Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html
 *
 * @public
 */
export const recordFields = {
  startTime: 'text',
  requestId: 'text',
  serviceArn: 'text',
  serviceNetworkArn: 'text',
  sourceVpcArn: 'text',
  sourceVpcId: 'text',
  destinationVpcId: 'text',
  sourceIpPort: 'text',
  targetIpPort: 'text',
  targetGroupArn: 'text',
  requestMethod: 'text',
  requestPath: 'text',
  requestQuery: 'text',
  protocol: 'text',
  hostHeader: 'text',
  serverNameIndication: 'text',
  userAgent: 'text',
  sslCipher: 'text',
  tlsVersion: 'text',
  responseCode: 'number',
  grpcResponseCode: 'number',
  failureReason: 'text',
  authDeniedReason: 'text',
  resolvedUser: 'text',
  callerPrincipal: 'text',
  callerPrincipalOrgId: 'text',
  callerPrincipalTags: 'text',
  duration: 'number',
  requestToTargetDuration: 'number',
  responseFromTargetDuration: 'number',
  bytesReceived: 'number',
  bytesSent: 'number',
  listenerType: 'text',
  listenerId: 'text',
  callerX509SubjectCN: 'text',
  callerX509IssuerOU: 'text',
  callerX509SANNameCN: 'text',
  callerX509SANDNS: 'text',
  callerX509SANURI: 'text',
} as const satisfies Record<string, 'text' | 'number'>;

/**
 * A field of a denied call's record.
 *
 * @public
 */
export type RecordField = keyof typeof recordFields;

/**
 * What a field has to be.
 *
 * @remarks
 * `contains` is for texts, and takes capitals A to Z as small letters; `atLeast` and `below` are for
 * numbers; `present` and `absent` say whether the record has a value.
 *
 * @public
 */
export type FieldCondition =
  | { field: RecordField; operator: 'equals'; value: string | number }
  | { field: RecordField; operator: 'contains'; value: string }
  | { field: RecordField; operator: 'atLeast' | 'below'; value: number }
  | { field: RecordField; operator: 'present' | 'absent' };

/**
 * How a field may be compared.
 *
 * @public
 */
export type FieldOperator = FieldCondition['operator'];

/**
 * The operators for a field, the most useful first.
 *
 * @public
 */
export function operatorsOf(field: RecordField): FieldOperator[] {
  return recordFields[field] === 'text'
    ? ['contains', 'equals', 'present', 'absent']
    : ['equals', 'atLeast', 'below', 'present', 'absent'];
}

/**
 * Reads a condition as it stands in an address: `FIELD:OPERATOR:VALUE`, or `FIELD:present` and
 * `FIELD:absent`. A value may hold colons.
 *
 * @throws InputError that says what is wrong
 *
 * @public
 */
export function parseFieldCondition(text: string): FieldCondition {
  const [, field, operator, value] =
    text.match(/^([^:]*):([^:]*)(?::([^]*))?$/) ?? [];
  if (field === undefined) {
    throw new InputError(
      `“${text}” is no condition: write FIELD:OPERATOR:VALUE, such as userAgent:contains:curl`,
    );
  }
  if (!isRecordField(field)) {
    throw new InputError(`“${field}” is no field of an access log record`);
  }
  const known = operatorsOf(field);
  const found = known.find(name => name === operator);
  if (!found) {
    throw new InputError(
      `${field} can be asked for by ${known.join(', ')}, not by “${operator}”`,
    );
  }
  if (found === 'present' || found === 'absent') {
    if (value !== undefined) {
      throw new InputError(`${field}:${found} takes no value`);
    }
    return { field, operator: found };
  }
  if (!value) {
    throw new InputError(`${field}:${found} needs a value`);
  }
  if (found === 'contains') {
    return { field, operator: found, value };
  }
  if (found === 'equals' && recordFields[field] === 'text') {
    return { field, operator: found, value };
  }
  if (!/^-?\d+(\.\d+)?$/.test(value)) {
    throw new InputError(`${field} is a number, and “${value}” is none`);
  }
  return { field, operator: found, value: Number(value) };
}

/**
 * Writes a condition as {@link parseFieldCondition} reads it.
 *
 * @public
 */
export function formatFieldCondition(condition: FieldCondition): string {
  const { field, operator } = condition;
  return 'value' in condition
    ? `${field}:${operator}:${condition.value}`
    : `${field}:${operator}`;
}

function isRecordField(name: string): name is RecordField {
  return Object.hasOwn(recordFields, name);
}
