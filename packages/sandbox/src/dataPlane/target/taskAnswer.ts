import {
  ContainerError,
  ContainerRunner,
  type ContainerRequest,
  type RunningTask,
} from '../../containers';
import { failedAnswer, type TargetAnswer } from './TargetAnswer';

const HOP_BY_HOP = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The status with which VPC Lattice answers where a target does not. */
const STATUS: Record<ContainerError['reason'], number> = {
  TargetConnectionError: 500,
  TargetDataTimeout: 504,
  TargetConnectionClosed: 502,
};

/** Sends a request to a task or pod and gives what came of it. */
export async function taskAnswer(options: {
  containers: ContainerRunner;
  task: RunningTask;
  port: number;
  request: ContainerRequest;
}): Promise<TargetAnswer> {
  const { containers, task, port, request } = options;
  const start = performance.now();
  const latency = () => Math.max(1, Math.round(performance.now() - start));
  const targetIpPort = `${task.address}:${port}`;
  try {
    const { statusCode, headers, body, trailers } = await containers.ask(
      task,
      port,
      { ...request, headers: withoutHopByHop(request.headers) },
    );
    return {
      statusCode,
      headers: withoutHopByHop(headers),
      bodyLength: body.length,
      body: () => body,
      ...(Object.keys(trailers).length > 0 && { trailers }),
      targetIpPort,
      latency: latency(),
      elapsed: true,
    };
  } catch (error) {
    if (!(error instanceof ContainerError)) {
      throw error;
    }
    return failedAnswer({
      statusCode: STATUS[error.reason],
      failureReason: error.reason,
      targetIpPort,
      latency: latency(),
    });
  }
}

function withoutHopByHop(
  headers: Record<string, string[]>,
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)),
  );
}
