import type { CallOperation } from '../cloudFormation';
import type { Estate } from '../estate/Estate';
import { GatewayController } from './controller/GatewayController';
import { GitDelivery } from './delivery/GitDelivery';
import { ProgramStore } from './workloads/ProgramStore';

/** Settings of {@link startClusters}. */
export interface ClustersOptions {
  estate: Estate;
  call: CallOperation;
  /** Folder of bare git repositories; absent: nothing is delivered. */
  repositoriesDirectory?: string;
  /** Where the applications of repositories are kept; absent: a temporary folder. */
  programsDirectory?: string;
  /** The present, in milliseconds since the epoch. */
  now: () => number;
  /** Takes a line for the operator. */
  warn: (message: string) => void;
}

/**
 * Runs the clusters of the estate: what repositories hold is delivered to them, and their controllers act
 * on it.
 *
 * @returns a function that stops it.
 */
export function startClusters(options: ClustersOptions): () => Promise<void> {
  const { repositoriesDirectory, programsDirectory, ...rest } = options;
  const controller = GatewayController.start(rest);
  if (!repositoriesDirectory) {
    return () => controller.stop();
  }
  const programs = ProgramStore.create({ directory: programsDirectory });
  const delivery = GitDelivery.start({
    ...rest,
    programs,
    directory: repositoriesDirectory,
  });
  return async () => {
    await delivery.stop();
    await controller.stop();
    await programs.close();
  };
}
