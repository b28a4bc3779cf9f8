import type { Behaviour } from '../../defaultEstate';
import { failedAnswer, type TargetAnswer } from './TargetAnswer';

const MESSAGES: Record<number, string> = {
  403: 'Forbidden',
  404: 'Not found',
};

/** Answers for a target that is described by routes rather than by code. */
export function behave(options: {
  behaviour: Behaviour;
  method: string;
  path: string;
  targetIpPort: string | undefined;
  /** Source of chance, from 0 to below 1. */
  random: () => number;
}): TargetAnswer {
  const { behaviour, method, path, random } = options;
  const targetIpPort = behaviour.address ?? options.targetIpPort;
  const route = behaviour.routes.find(
    candidate =>
      (candidate.method ?? method) === method && matches(candidate.path, path),
  );
  const between = ([low, high]: [number, number]) =>
    Math.round(low + random() * (high - low));
  const failure = route?.failure;
  if (failure && random() < failure.probability) {
    return failedAnswer({
      statusCode: failure.status,
      failureReason: failure.reason,
      latency: between(failure.latency),
      elapsed: false,
      targetIpPort,
    });
  }
  const statusCode = route?.status ?? 404;
  const text = JSON.stringify({
    path,
    ...(statusCode < 400 ? {} : { message: MESSAGES[statusCode] ?? 'Error' }),
  });
  // Trailing white space is no part of the JSON, but makes the body as long as the real one.
  const length = Math.max(
    text.length,
    Math.round((route?.bytes ?? 0) * (0.8 + 0.4 * random())),
  );
  return {
    statusCode,
    headers: { 'content-type': ['application/json'] },
    bodyLength: length,
    body: () => Buffer.from(text.padEnd(length)),
    targetIpPort,
    latency: between(route?.latency ?? [1, 4]),
    elapsed: false,
  };
}

function matches(pattern: string, path: string): boolean {
  return pattern.endsWith('*')
    ? path.startsWith(pattern.slice(0, -1))
    : path === pattern;
}
