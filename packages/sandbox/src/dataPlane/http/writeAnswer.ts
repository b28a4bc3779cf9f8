import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataPlaneAnswer } from '../DataPlaneCall';

/** Writes an answer, after the time its target would take. No answer: closes the connection. */
export async function writeAnswer(
  answer: DataPlaneAnswer,
  response: ServerResponse,
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
  response.setHeader('content-length', body.length);
  response.statusCode = answer.statusCode;
  response.end(body);
}
