import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { Errors } from 'isomorphic-git';
import { z } from 'zod';
import type { HostProblem, RepositoryHost } from './RepositoryHost';

const NETWORK =
  /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOST|ENET|UND_ERR|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL)/;

/**
 * The error for people. It never carries the client's own as its cause: those hold the request with its token.
 */
export function hostError(options: {
  host: RepositoryHost;
  /** `create repository stock`. */
  doing: string;
  problem: HostProblem;
}): Error {
  const { host, doing, problem } = options;
  const { kind, message, until } = problem;
  switch (kind) {
    case 'unreachable':
      return new ServiceUnavailableError(
        `${host.title} can't be reached to ${doing}: ${message}. Run the template again once it can.`,
      );
    case 'limited':
      return new ServiceUnavailableError(
        `${
          host.title
        } answers no more requests for now (rate limit), so it didn't ${doing}. Run the template again ${
          until ? `after ${until.toISOString()}` : 'in some minutes'
        }.`,
      );
    case 'unauthenticated':
      return new NotAllowedError(
        `${host.title} doesn't accept the portal's credentials to ${doing}: ${message}. ${host.needs}`,
      );
    case 'forbidden':
      return new NotAllowedError(
        `${host.title} doesn't let the portal ${doing}: ${message}. ${host.needs}`,
      );
    case 'missing':
      return new NotFoundError(
        `${host.title} has nothing where it was to ${doing}: ${message}. Either ${host.place} is not there, or the portal's credentials don't reach it. ${host.needs}`,
      );
    case 'taken':
      return new ConflictError(
        `${host.title} can't ${doing}: ${message}. The portal's credentials may not see what has the name.`,
      );
    default:
      return new InputError(`${host.title} didn't ${doing}: ${message}`);
  }
}

/** What a status of HTTP means where nothing else is known. */
export function problemOfStatus(options: {
  status: number;
  message: string;
}): HostProblem {
  const { status, message } = options;
  const kinds: Record<number, HostProblem['kind']> = {
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'missing',
    409: 'taken',
    429: 'limited',
  };
  const kind = kinds[status] ?? (status >= 500 ? 'unreachable' : 'refused');
  return { kind, message: message || `HTTP ${status}` };
}

/** An error of Node's network, or what one was wrapped in. */
const networkSchema = z.object({
  code: z.unknown().optional(),
  message: z.string().catch(''),
  cause: z.unknown().optional(),
  errors: z.array(z.unknown()).optional().catch(undefined),
});

/** What an error of the network means; looks at its causes, too. */
export function problemOfNetwork(error: unknown): HostProblem | undefined {
  let at = error;
  for (let depth = 0; depth < 5; depth++) {
    const parsed = networkSchema.safeParse(at);
    if (!parsed.success) {
      return undefined;
    }
    const { code, message, cause, errors } = parsed.data;
    if (typeof code === 'string' && NETWORK.test(code)) {
      return { kind: 'unreachable', message: message || code };
    }
    at = errors?.at(0) ?? cause;
  }
  return undefined;
}

/** What an answer to a push or fetch means. Undefined: it is no answer. */
export function problemOfGit(error: unknown): HostProblem | undefined {
  if (error instanceof Errors.HttpError) {
    const { statusCode, statusMessage, response } = error.data;
    return problemOfStatus({
      status: statusCode,
      message: response?.trim().slice(0, 300) || statusMessage,
    });
  }
  if (error instanceof Errors.UserCanceledError) {
    return {
      kind: 'unauthenticated',
      message: 'it refused them over git',
    };
  }
  if (
    error instanceof Errors.GitPushError ||
    error instanceof Errors.PushRejectedError
  ) {
    return { kind: 'refused', message: error.message };
  }
  return undefined;
}
