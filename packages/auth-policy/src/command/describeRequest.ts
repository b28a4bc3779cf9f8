import { AuthorizationRequest } from '../types';

/** One call in one line: what, where to, by whom, from where. */
export function describeRequest(request: AuthorizationRequest): string {
  const { caller, method, path, serviceArn, query, headers } = request;
  const search = Object.entries(query ?? {})
    .flatMap(([key, values]) => values.map(value => `${key}=${value}`))
    .join('&');
  const parts = [
    `${method ?? '(any method)'} ${path ?? '(any path)'}${
      search ? `?${search}` : ''
    }`,
    `to ${serviceArn.split('/').pop()}`,
    caller.kind === 'signed' ? `by ${caller.arn}` : 'by an anonymous caller',
  ];
  if (request.sourceVpc) {
    parts.push(`from ${request.sourceVpc}`);
  }
  if (request.port !== undefined) {
    parts.push(`on port ${request.port}`);
  }
  for (const [name, value] of Object.entries(headers ?? {})) {
    parts.push(`with ${name}: ${value}`);
  }
  if (caller.kind === 'signed') {
    if (caller.organizationId) {
      parts.push(
        caller.organizationId === 'none'
          ? 'in no organization'
          : `in ${caller.organizationId}`,
      );
    }
    for (const [name, value] of Object.entries(caller.tags ?? {})) {
      parts.push(`tagged ${name}=${value}`);
    }
  }
  if (request.time !== undefined) {
    parts.push(`at ${new Date(request.time).toISOString()}`);
  }
  return parts.join(' ');
}
