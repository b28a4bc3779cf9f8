import { issueSession } from '../../credentials/credentials';
import { AwsError } from '../AwsError';
import type { ServiceOperations } from '../OperationHandler';
import { trusts } from './trusts';

/** Operations of AWS STS. */
export const stsOperations: ServiceOperations = {
  GetCallerIdentity(_input, { accountId, principalArn, estate }) {
    const session = /:assumed-role\/([^/]+)\/(.+)$/.exec(principalArn);
    const role =
      session &&
      estate.roles.find(
        candidate =>
          candidate.accountId === accountId && candidate.name === session[1],
      );
    return {
      Account: accountId,
      Arn: principalArn,
      UserId: session ? `${role?.id ?? 'AROA'}:${session[2]}` : accountId,
    };
  },

  AssumeRole(input, context) {
    const { RoleArn, RoleSessionName, DurationSeconds = 3600 } = input;
    const { estate, principalArn } = context;
    if (!/^[\w+=,.@-]{2,64}$/.test(RoleSessionName)) {
      throw validationError(
        `Value '${RoleSessionName}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]{2,64}`,
      );
    }
    if (DurationSeconds < 900 || DurationSeconds > 43_200) {
      throw validationError('The DurationSeconds must be from 900 to 43200');
    }
    if (input.Policy || input.PolicyArns?.length) {
      // Narrowing a session is nothing to leave out silently: the caller counts on it.
      throw validationError('The sandbox does not know session policies');
    }
    const role = estate.roles.get(RoleArn);
    if (!role || !trusts(estate, role.trustPolicy, context, input.ExternalId)) {
      // AWS does not say which of the two it is.
      throw new AwsError({
        code: 'AccessDenied',
        statusCode: 403,
        message: `User: ${principalArn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
      });
    }
    const session = issueSession({
      estate,
      role,
      sessionName: RoleSessionName,
      durationSeconds: DurationSeconds,
      now: context.now(),
    });
    return {
      Credentials: {
        AccessKeyId: session.accessKeyId,
        SecretAccessKey: session.secretAccessKey,
        SessionToken: session.sessionToken,
        Expiration: new Date(session.expiresAt),
      },
      AssumedRoleUser: {
        Arn: session.principalArn,
        AssumedRoleId: `${role.id}:${RoleSessionName}`,
      },
      SourceIdentity: input.SourceIdentity,
    };
  },

  GetAccessKeyInfo(input) {
    const account = /(\d{12})$/.exec(input.AccessKeyId)?.[1];
    if (!account) {
      throw validationError('The access key id names no account');
    }
    return { Account: account };
  },
};

function validationError(message: string): AwsError {
  return new AwsError({ code: 'ValidationError', statusCode: 400, message });
}
