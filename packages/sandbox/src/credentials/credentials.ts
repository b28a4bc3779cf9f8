import { createHash, randomBytes } from 'crypto';
import type { Estate } from '../estate/Estate';
import type { Collection } from '../estate/Collection';

/**
 * Who an access key belongs to.
 *
 * @public
 */
export interface ResolvedCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Present for temporary credentials: the request must carry this token. */
  sessionToken?: string;
  accountId: string;
  /** Account root, or the assumed-role session. */
  principalArn: string;
  /** The role behind an assumed-role session, path included. */
  roleArn?: string;
  /** Milliseconds since the epoch; absent for keys that don't expire. */
  expiresAt?: number;
}

/** The secret of every long-term access key of the sandbox. @public */
export const SANDBOX_SECRET_ACCESS_KEY = 'sandbox';

/**
 * The access key id of an account's root: `AKIA` and the account id, filled up with zeros to the
 * 20 characters that AWS key ids have, such as `AKIA0000223344556677`.
 *
 * @public
 */
export function accessKeyIdOf(accountId: string): string {
  return `AKIA${accountId.padStart(16, '0')}`;
}

function sessionsOf(estate: Estate): Collection<ResolvedCredentials> {
  return estate.collection<ResolvedCredentials>('sessions');
}

/**
 * Finds the owner of an access key.
 *
 * @remarks
 * A long-term key is any id that ends in the 12 digits of an account of the estate; its secret is
 * {@link SANDBOX_SECRET_ACCESS_KEY} and its principal the account's root. `ASIA` keys are those that
 * {@link issueSession} gave out. Expired sessions are returned too: whether they still count is for
 * the signature check to say, as AWS tells an expired token from an unknown key.
 *
 * @public
 */
export function resolveCredentials(options: {
  estate: Estate;
  accessKeyId: string;
}): ResolvedCredentials | undefined {
  const { estate, accessKeyId } = options;
  const session = sessionsOf(estate).get(accessKeyId);
  if (session) {
    return session;
  }
  const accountId = /^(?!ASIA).*?(\d{12})$/.exec(accessKeyId)?.[1];
  if (!accountId || !estate.accounts.has(accountId)) {
    return undefined;
  }
  return {
    accessKeyId,
    secretAccessKey: SANDBOX_SECRET_ACCESS_KEY,
    accountId,
    principalArn: `arn:aws:iam::${accountId}:root`,
  };
}

/**
 * Makes temporary credentials for a role. They are part of the estate, so that a restart keeps them.
 *
 * @public
 */
export function issueSession(options: {
  estate: Estate;
  role: { arn: string; accountId: string; name: string };
  sessionName: string;
  durationSeconds: number;
  /** Milliseconds since the epoch. */
  now: number;
}): ResolvedCredentials & { sessionToken: string; expiresAt: number } {
  const { estate, role, sessionName, durationSeconds, now } = options;
  const sessions = sessionsOf(estate);
  for (const [key, session] of sessions.entries()) {
    // Kept for an hour past their end, so that late callers hear "expired" and not "unknown".
    if (session.expiresAt && session.expiresAt < now - 3_600_000) {
      sessions.delete(key);
    }
  }
  const random = randomBytes(30).toString('hex').toUpperCase();
  const accessKeyId = `ASIA${random.slice(0, 16)}`;
  const session = {
    accessKeyId,
    secretAccessKey: createHash('sha256').update(random).digest('base64url'),
    sessionToken: randomBytes(96).toString('base64'),
    accountId: role.accountId,
    principalArn: `arn:aws:sts::${role.accountId}:assumed-role/${role.name}/${sessionName}`,
    roleArn: role.arn,
    expiresAt: now + durationSeconds * 1000,
  };
  sessions.put(accessKeyId, session);
  return session;
}
