import { awsJson } from './awsJson';
import type { ProtocolName } from './model';
import type { Protocol } from './Protocol';
import { awsQuery, ec2Query } from './queryProtocols';
import { restJson, restXml } from './restProtocols';

/** The protocols by the names their specifications give them. */
export const protocols: Record<ProtocolName, Protocol> = {
  restJson1: restJson,
  restXml,
  awsJson1_1: awsJson,
  awsQuery,
  ec2Query,
};
