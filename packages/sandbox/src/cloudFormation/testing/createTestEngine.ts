import { ControlPlane } from '../../ControlPlane';
import { Estate } from '../../estate/Estate';
import { LogStore } from '../../logs/LogStore';
import type { ServiceOperations } from '../../operations/OperationHandler';
import { logOperations } from '../../operations/logs/logOperations';
import { latticeOperations } from '../../operations/vpc-lattice';
import { cloudFormationOperations } from '../cloudFormationOperations';
import { StackEngine } from '../engine/StackEngine';

const caller = {
  accountId: '223344556677',
  region: 'us-east-1',
  principalArn: 'arn:aws:iam::223344556677:root',
};

/** Calls CloudFormation on an estate of its own, with the operations of VPC Lattice and logs. */
export async function createTestEngine(
  options: {
    estate?: Estate;
    /** Milliseconds each resource takes. */
    slow?: number;
  } = {},
) {
  const estate = options.estate ?? new Estate();
  const services: Record<string, ServiceOperations> = {
    'vpc-lattice': { ...latticeOperations },
    logs: logOperations({ logs: await LogStore.open({}) }),
  };
  const controlPlane = new ControlPlane({
    estate,
    services,
    authorize: () => {},
    now: Date.now,
  });
  const engine = StackEngine.create({
    estate,
    call: (service, operation, input, as) =>
      controlPlane.call({ service, operation, input, caller: as }),
    resourceDelay: () => options.slow ?? 0,
  });
  services.cloudformation = cloudFormationOperations({ engine });
  const call = (operation: string, input: Record<string, unknown>) =>
    controlPlane.call({ service: 'cloudformation', operation, input, caller });
  return { estate, engine, services, call };
}

/** Parameters as operations take them. */
export function parameters(values: Record<string, string>) {
  return Object.entries(values).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  }));
}

/** Creates a stack, waits until it is at rest and tells what became of it. */
export async function createTestStack(
  sandbox: TestEngine,
  input: Record<string, unknown> = {},
) {
  const { StackId } = await sandbox.call('CreateStack', {
    StackName: 'shop',
    ...input,
  });
  return atRest(sandbox, StackId);
}

/** Updates a stack, waits until it is at rest and tells what became of it. */
export async function updateTestStack(
  sandbox: TestEngine,
  input: Record<string, unknown> = {},
) {
  const { StackId } = await sandbox.call('UpdateStack', {
    StackName: 'shop',
    ...input,
  });
  return atRest(sandbox, StackId);
}

/**
 * Waits until nothing is under way and tells what became of a stack: its description, the events
 * of its last operation as `name status`, and all their reasons.
 */
export async function atRest(sandbox: TestEngine, StackName: string) {
  await sandbox.engine.idle();
  const { Stacks } = await sandbox.call('DescribeStacks', { StackName });
  const events: any[] = [];
  let NextToken: string | undefined;
  do {
    const answer = await sandbox.call('DescribeStackEvents', {
      StackName,
      NextToken,
    });
    events.unshift(...answer.StackEvents.reverse());
    ({ NextToken } = answer);
  } while (NextToken);
  const begin = events.findLastIndex(
    event =>
      event.PhysicalResourceId === event.StackId &&
      event.ResourceStatusReason === 'User Initiated',
  );
  const last = events.slice(Math.max(begin, 0));
  return {
    stack: Stacks[0],
    events: last.map(
      event => `${event.LogicalResourceId} ${event.ResourceStatus}`,
    ) as string[],
    reasons: last.map(event => event.ResourceStatusReason) as string[],
  };
}

export type TestEngine = Awaited<ReturnType<typeof createTestEngine>>;
