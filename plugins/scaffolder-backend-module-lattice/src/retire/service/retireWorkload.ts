import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  OverwriteOptions,
  SourceRepositories,
} from '../../git/GitRepositories';
import type {
  ControlledService,
  ControlledServices,
} from '../../clusters/ControlledService';
import type { RetireStep } from '../RetireStep';
import { withoutWorkload } from './withoutWorkload';

/** How long the clusters have to take a service away: the interval of Argo CD or Flux, and draining. */
const PATIENCE_MINUTES = 15;

/**
 * Takes a service that a cluster's controller made away at its root: out of the manifests in Git. Waits until the
 * controller has removed it.
 *
 * @throws ConflictError when the portal can't write the repository, with what to do by hand; or when the clusters keep
 * the service
 */
export async function retireWorkload(options: {
  service: ControlledService;
  services: ControlledServices;
  /** Name of the service. */
  name: string;
  repositories?: SourceRepositories;
  repository?: string;
  author: { name: string; email: string };
  pollIntervalSeconds: number;
  log: (line: string) => void;
}): Promise<RetireStep> {
  const { service, services, name, repositories, repository, log } = options;
  const byHand = `Take it out of the kustomization of each cluster, wait until the service is gone, then retire ${name} again.`;
  if (!repositories || !repository) {
    throw new ConflictError(
      `Service ${name} is made by the controller of cluster ${service.cluster}, from manifests in a repository that the portal does not write. ${byHand}`,
    );
  }
  const clusters = await withdraw({ ...options, repositories, repository });
  log(`${repository} no longer delivers ${name} to ${clusters.join(', ')}`);
  const end = Date.now() + PATIENCE_MINUTES * 60_000;
  while (await services.find(name)) {
    if (Date.now() > end) {
      throw new ConflictError(
        `${repository} no longer delivers ${name}, and ${PATIENCE_MINUTES} minutes later cluster ${service.cluster} still has it. Look at Argo CD or Flux, then retire it again.`,
      );
    }
    await sleep(options.pollIntervalSeconds * 1000);
  }
  return {
    what: 'workload',
    result: 'done',
    message: `${name} is out of ${clusters.join(
      ', ',
    )}. Its namespace is left there, with what delivers it: \`kubectl delete\` both`,
  };
}

/** @returns the clusters */
async function withdraw(options: {
  name: string;
  repositories: SourceRepositories;
  repository: string;
  author: { name: string; email: string };
}): Promise<string[]> {
  const { name, repositories, repository, author } = options;
  const read = (path: string) =>
    repositories.read({ name: repository, path }).catch(error => {
      if (error instanceof NotFoundError) {
        return undefined;
      }
      throw error;
    });
  const [folder, namespace] = await Promise.all([
    read('clusters'),
    read('deploy/app/namespace.yaml'),
  ]);
  const clusters =
    folder?.type === 'directory' ? folder.entries.map(entry => entry.name) : [];
  const files = withoutWorkload({
    clusters,
    namespace:
      namespace?.type === 'file' ? namespace.content.toString() : undefined,
  });
  const directory = await fs.promises.mkdtemp(join(tmpdir(), 'retire-'));
  try {
    for (const [path, content] of files) {
      const file = join(directory, path);
      await fs.promises.mkdir(dirname(file), { recursive: true });
      await fs.promises.writeFile(file, content);
    }
    const change = {
      name: repository,
      directory,
      title: `Retire ${name}`,
      author,
    };
    await repositories.overwrite(change).catch(async error => {
      throw error instanceof NotAllowedError
        ? await proposedError({ name, repositories, change, error })
        : error;
    });
  } finally {
    await fs.promises.rm(directory, { recursive: true, force: true });
  }
  return clusters;
}

/** Asks people for what the portal may not do. @returns the error that says so */
async function proposedError(options: {
  name: string;
  repositories: SourceRepositories;
  change: OverwriteOptions;
  error: Error;
}): Promise<Error> {
  const { name, repositories, change, error } = options;
  const { url } = await repositories.change({
    ...change,
    branch: `retire-${name}`,
    description: `Takes ${name} out of its clusters; the namespace stays. Merge this, then retire ${name} again in the portal.`,
  });
  return new ConflictError(
    `${error.message} The change waits at ${url}. Merge it, then retire ${name} again.`,
  );
}
