import { parseArn } from '@lattice-portal/plugin-lattice-common';

/** Where the service of a new policy will be. */
export interface PolicyPlace {
  /** Absent: not chosen yet. */
  accountId?: string;
  /** Absent: not chosen yet. */
  networkArn?: string;
  /** Characters a whole document may have. Default: those of a parameter of a CloudFormation template. */
  documentLimit?: number;
}

/** AWS gives the id when the service is made; until then this stands for it. */
export const NEW_SERVICE_ID = 'svc-00000000000000000';

/** The ARN the service will have, but for its id. */
export function newServiceArn(place: PolicyPlace): string {
  const { partition = 'aws', region = 'us-east-1' } =
    parseArn(place.networkArn ?? '') ?? {};
  const account = place.accountId ?? '000000000000';
  return `arn:${partition}:vpc-lattice:${region}:${account}:service/${NEW_SERVICE_ID}`;
}
