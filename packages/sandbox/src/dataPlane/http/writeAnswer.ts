import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpResponse } from '../../wire/HttpExchange';
import type { DataPlaneAnswer } from '../DataPlaneCall';

/** Writes an answer, after the time its target would take. No answer: closes the connection. */
export async function writeAnswer(
  answer: DataPlaneAnswer,
  response: HttpResponse,
): Promise<void> {
  if (answer.kind === 'unreachable') {
    response.destroy();
    return;
  }
  if (answer.remaining > 0) {
    await sleep(answer.remaining, undefined, { ref: false });
  }
  const body = answer.body();
  for (const [name, values] of Object.entries(answer.headers)) {
    response.setHeader(name, values);
  }
  response.setHeader('x-amzn-requestid', answer.requestId);
  response.statusCode = answer.statusCode;
  if (answer.trailers) {
    // HTTP/1.1 has trailers after chunks alone, where no length is told.
    response.setHeader('trailer', Object.keys(answer.trailers));
    response.addTrailers(flatten(answer.trailers));
  } else {
    response.setHeader('content-length', body.length);
  }
  // Without a body the headers themselves end a stream of HTTP/2, where gRPC then looks for its status.
  if (body.length > 0) {
    response.end(body);
  } else {
    response.end();
  }
}

function flatten(values: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, list]) => [name, list.join(', ')]),
  );
}
