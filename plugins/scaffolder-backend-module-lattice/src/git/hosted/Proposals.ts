import type { RepositoryOrigin } from '../GitRepositories';
import { RENDERED } from '../local/refs';
import type { HostedChange, RepositoryHost } from './RepositoryHost';
import type { Rendering, Workbench } from './Workbench';

/** What the template wrote last, as long as nobody has merged it. */
export const PROPOSED = 'refs/lattice/proposed';

/** Title of a request, and first line of its commit. */
export function updateTitle(origin: RepositoryOrigin): string {
  return `Update from ${origin.template}`;
}

/** Branch of a proposal, by the commit it was made with. */
export function updateBranch(commit: string): string {
  return `lattice/update-${commit.slice(0, 12)}`;
}

/**
 * What a template wrote anew, waiting in pull or merge requests. Each has a branch named after its commit, so that
 * what people push to it is never overwritten.
 */
export class Proposals {
  static create(options: { host: RepositoryHost }): Proposals {
    return new Proposals(options.host);
  }

  private constructor(private readonly host: RepositoryHost) {}

  /** @returns what waited, once people have merged it; it counts as written then */
  async settle(options: {
    bench: Workbench;
    waiting: Rendering;
  }): Promise<Rendering | undefined> {
    const { bench, waiting } = options;
    const change = await this.changeOf(options.bench.name, waiting);
    if (change?.state !== 'merged') {
      return undefined;
    }
    await bench.remote.push({ commit: waiting.oid, ref: RENDERED });
    await bench.remote.remove(PROPOSED);
    return waiting;
  }

  /** Whether the branch of a proposal is there as it was written. */
  isThere(options: { bench: Workbench; proposed: Rendering }): boolean {
    const { commit } = options.proposed;
    const { refs } = options.bench;
    return (
      commit !== undefined &&
      refs.get(`refs/heads/${updateBranch(commit)}`) === commit
    );
  }

  private async changeOf(
    name: string,
    { commit }: Pick<Rendering, 'commit'>,
  ): Promise<HostedChange | undefined> {
    return commit
      ? this.host.findChange({ name, branch: updateBranch(commit) })
      : undefined;
  }

  /** Opens the request of a proposal whose branch is there, unless it is open. */
  async propose(options: {
    name: string;
    origin: RepositoryOrigin;
    proposed: Pick<Rendering, 'commit'>;
  }): Promise<HostedChange> {
    const { name, origin, proposed } = options;
    return this.request({
      name,
      branch: updateBranch(proposed.commit ?? ''),
      into: 'main',
      title: updateTitle(origin),
      description:
        'The template was run again. This is what it writes differently now; what people wrote stays.',
    });
  }

  /** Opens a pull or merge request, unless the branch has one that is open. */
  async request(
    options: Parameters<RepositoryHost['openChange']>[0],
  ): Promise<HostedChange> {
    const there = await this.host.findChange(options);
    return there?.state === 'open' ? there : this.host.openChange(options);
  }

  /** Closes a proposal that a newer one stands in for, unless people have built on it. */
  async supersede(options: {
    bench: Workbench;
    proposed: Rendering;
  }): Promise<void> {
    const { bench, proposed } = options;
    const change = await this.changeOf(bench.name, proposed);
    if (!this.isThere(options)) {
      return;
    }
    if (change?.state === 'open') {
      await this.host.closeChange({ name: bench.name, number: change.number });
    }
    await bench.remote.remove(
      `refs/heads/${updateBranch(proposed.commit ?? '')}`,
    );
  }

  /** Takes a proposal back. Undefined: people merged it, or built on it. */
  async withdraw(options: {
    bench: Workbench;
    proposed: Rendering;
  }): Promise<'reverted' | undefined> {
    const { bench, proposed } = options;
    const change = await this.changeOf(bench.name, proposed);
    const branch = `refs/heads/${updateBranch(proposed.commit ?? '')}`;
    const builtOn = bench.refs.has(branch) && !this.isThere(options);
    if (builtOn || change?.state === 'merged') {
      return undefined;
    }
    await this.supersede(options);
    await bench.remote.remove(PROPOSED);
    return 'reverted';
  }
}
