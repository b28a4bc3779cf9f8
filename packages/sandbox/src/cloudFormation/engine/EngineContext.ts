import type { Estate } from '../../estate/Estate';
import { ResourceWorker } from './ResourceWorker';
import { StackStore } from './StackStore';

/** What the work on stacks is done with. */
export interface EngineContext {
  estate: Estate;
  store: StackStore;
  worker: ResourceWorker;
  /** Aborts when the sandbox stops. */
  stopped: AbortSignal;
}
