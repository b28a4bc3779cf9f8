import type { CallOperation } from '../cloudFormation/engine/Caller';
import type { StackEngine } from '../cloudFormation/engine/StackEngine';
import type { Estate } from '../estate/Estate';
import { CatalogStore } from './CatalogStore';
import { Planner } from './Planner';
import { Provisioner } from './Provisioner';

/** Options of {@link ServiceCatalog.create}. */
export interface ServiceCatalogOptions {
  estate: Estate;
  engine: StackEngine;
  call: CallOperation;
  /** The present, in milliseconds since the epoch. */
  now?: () => number;
}

/**
 * Service Catalog's products and what came of them.
 *
 * @public
 */
export class ServiceCatalog {
  static create(options: ServiceCatalogOptions): ServiceCatalog {
    const { estate, engine, call, now = Date.now } = options;
    const store = new CatalogStore(estate);
    return new ServiceCatalog(
      store,
      new Provisioner({ store, engine, call, now }),
      new Planner({ store, call, now }),
    );
  }

  private constructor(
    readonly store: CatalogStore,
    readonly provisioner: Provisioner,
    readonly planner: Planner,
  ) {}

  /**
   * Takes up what a stop of the sandbox interrupted. To be called once, after
   * `StackEngine.recover`.
   */
  recover(): void {
    this.planner.recover();
    this.provisioner.recover();
  }

  /** Resolves once nothing is under way. */
  async idle(): Promise<void> {
    await this.planner.idle();
    await this.provisioner.idle();
  }
}
