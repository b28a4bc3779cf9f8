import { z } from 'zod';
import type { FunctionResult } from '../../lambda';
import { failedAnswer, type TargetAnswer } from './TargetAnswer';

const HOP_BY_HOP = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

const responseSchema = z.object({
  statusCode: z.number().int().min(100).max(599),
  headers: z
    .record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
    )
    .nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/**
 * The HTTP response a function's answer means.
 *
 * @remarks
 * A function that fails, or answers with something else than a response, is a 502.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html#respond-to-service
 */
export function functionAnswer(options: {
  result: FunctionResult;
  /** Milliseconds. */
  latency: number;
}): TargetAnswer {
  const { result } = options;
  const latency = Math.max(1, Math.round(options.latency));
  const response = result.ok
    ? responseSchema.safeParse(result.payload)
    : undefined;
  if (!response?.success) {
    return failedAnswer({
      statusCode: 502,
      failureReason: 'TargetProtocolError',
      latency,
    });
  }
  const { statusCode, headers, body, isBase64Encoded } = response.data;
  const content = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  const answered: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (!HOP_BY_HOP.has(name.toLowerCase())) {
      answered[name.toLowerCase()] = Array.isArray(value)
        ? value
        : [String(value)];
    }
  }
  return {
    statusCode,
    headers: answered,
    bodyLength: content.length,
    body: () => content,
    latency,
    elapsed: true,
  };
}
