import git from 'isomorphic-git';
import fs from 'node:fs';
import { join } from 'node:path';
import type { Delivery, Manifest } from '../../estate/clusterResources';
import type { EksCluster } from '../../estate/containerResources';
import type { Estate } from '../../estate/Estate';
import { ManifestError } from '../manifests/parseManifests';
import type { ProgramStore } from '../workloads/ProgramStore';
import { applyManifests } from './applyManifests';
import type { FileTree } from './FileTree';
import { findProgram } from './findProgram';
import { findSources, type Source } from './findSources';
import { readFileTree } from './readFileTree';
import { renderKustomization } from './renderKustomization';
import { withPrograms } from './withPrograms';

const BRANCH = 'refs/heads/main';

/**
 * Delivers what git repositories hold for the clusters of the estate, as Argo CD and Flux do: what `main`
 * of a repository says is what the cluster holds, and what it says no more is removed.
 *
 * @remarks
 * Looks at bare repositories in a folder of this machine. A commit is delivered whole or not at all.
 */
export class GitDelivery {
  readonly #options: GitDeliveryOptions;
  /** Newest commit that was delivered, or can't be, by repository. */
  readonly #seen = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isStopped = false;

  private constructor(options: GitDeliveryOptions) {
    this.#options = options;
    this.#look();
  }

  static start(options: GitDeliveryOptions): GitDelivery {
    return new GitDelivery(options);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #look(): void {
    const { warn, intervalMilliseconds = 1_000 } = this.#options;
    this.#running = this.#round()
      .catch(error => warn(`Repositories could not be delivered: ${error}`))
      .then(() => {
        if (!this.#isStopped) {
          this.#timer = setTimeout(() => this.#look(), intervalMilliseconds);
          this.#timer.unref();
        }
      });
  }

  async #round(): Promise<void> {
    const { directory, estate } = this.#options;
    const names = await repositoriesIn(directory);
    for (const name of names ?? []) {
      await this.#deliver(name);
    }
    // A folder that can't be read tells nothing of what is to go.
    for (const [key, delivery] of names ? estate.deliveries.entries() : []) {
      if (!names?.includes(delivery.repository)) {
        this.#remove(key, delivery);
        this.#seen.delete(delivery.repository);
      }
    }
  }

  async #deliver(repository: string): Promise<void> {
    const gitdir = join(this.#options.directory, `${repository}.git`);
    const commitHash = await git
      .resolveRef({ fs, gitdir, ref: BRANCH })
      .catch(() => undefined);
    if (!commitHash || this.#seen.get(repository) === commitHash) {
      return;
    }
    try {
      const tree = await readFileTree({ gitdir, commitHash });
      await this.#deliverTree(repository, tree);
      this.#seen.set(repository, commitHash);
    } catch (error) {
      if (error instanceof ManifestError) {
        this.#seen.set(repository, commitHash);
      }
      this.#complain(repository, error);
    }
  }

  async #deliverTree(repository: string, tree: FileTree): Promise<void> {
    const { estate, programs } = this.#options;
    const sources = findSources({ tree, repository });
    const placed = sources.map(source => ({
      source,
      cluster: this.#clusterOf(source),
    }));
    const found =
      placed.length > 0
        ? findProgram({ tree, available: programs.available })
        : undefined;
    const program = found && (await programs.put(found));
    const rendered = placed.map(({ source, cluster }) => ({
      source,
      cluster,
      manifests: withPrograms(
        renderKustomization({ tree, path: source.path }),
        program,
      ),
    }));
    const keys = new Set(
      placed.map(({ source, cluster }) => keyOf(cluster.arn, source.name)),
    );
    for (const [key, delivery] of estate.deliveries.entries()) {
      if (delivery.repository === repository && !keys.has(key)) {
        this.#remove(key, delivery);
      }
    }
    for (const item of rendered) {
      this.#apply(repository, tree, item);
    }
  }

  #apply(
    repository: string,
    { commitHash }: FileTree,
    item: { source: Source; cluster: EksCluster; manifests: Manifest[] },
  ): void {
    const { estate } = this.#options;
    const { source, cluster, manifests } = item;
    const { name, path, namespace } = source;
    const key = keyOf(cluster.arn, name);
    const before = estate.deliveries.get(key);
    if (before && before.repository !== repository) {
      throw new ManifestError(
        `Cluster ${cluster.name} has ${name} of the repository ${before.repository} already`,
      );
    }
    const delivery: Delivery = {
      clusterArn: cluster.arn,
      name,
      repository,
      path,
    };
    applyManifests({ estate, delivery, manifests, namespace });
    const after = { ...delivery, commitHash };
    if (JSON.stringify(before) !== JSON.stringify(after)) {
      estate.deliveries.put(key, after);
    }
  }

  /** @throws ManifestError where no cluster has the name, or several have. */
  #clusterOf({ cluster, name }: Source): EksCluster {
    const found = this.#options.estate.eksClusters.filter(
      candidate => candidate.name === cluster,
    );
    if (found.length !== 1) {
      throw new ManifestError(
        `${name} is for the cluster ${cluster}, and ${
          found.length === 0
            ? 'there is none'
            : `${found.length} have that name`
        }`,
      );
    }
    return found[0];
  }

  #remove(key: string, delivery: Delivery): void {
    const { estate } = this.#options;
    applyManifests({ estate, delivery, manifests: [], namespace: 'default' });
    estate.deliveries.delete(key);
  }

  /** What was delivered before stays, and says what is wrong with the newest commit. */
  #complain(repository: string, error: unknown): void {
    const { estate, warn } = this.#options;
    const problem = error instanceof Error ? error.message : String(error);
    warn(`Repository ${repository} can't be delivered: ${problem}`);
    for (const [key, delivery] of estate.deliveries.entries()) {
      if (delivery.repository === repository && delivery.problem !== problem) {
        estate.deliveries.put(key, { ...delivery, problem });
      }
    }
  }
}

function keyOf(clusterArn: string, name: string): string {
  return `${clusterArn} ${name}`;
}

/** Names of the repositories; `undefined` while there is no folder. */
async function repositoriesIn(
  directory: string,
): Promise<string[] | undefined> {
  try {
    const names = await fs.promises.readdir(directory);
    return names
      .filter(name => name.endsWith('.git'))
      .map(name => name.slice(0, -'.git'.length))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** Settings of {@link GitDelivery}. */
export interface GitDeliveryOptions {
  estate: Estate;
  /** Folder of bare repositories, `NAME.git`. It need not be there yet. */
  directory: string;
  programs: ProgramStore;
  /** Between two looks. Default: 1 second. */
  intervalMilliseconds?: number;
  /** Takes a line for the operator. */
  warn: (message: string) => void;
}
