/** @public */
export interface SandboxOptions {
  /** 0 takes any free port. */
  port: number;
  /** Address to listen on. Default: `127.0.0.1`. */
  host?: string;
  /** Where the estate, logs and objects are kept. Absent: in memory only. */
  dataDirectory?: string;
  /** The estate to begin with, when the data directory holds none yet. Default: the one built in. */
  estateFile?: string;
  /**
   * Folder of bare git repositories, `NAME.git`, whose `main` is delivered to the estate's clusters.
   * Absent: nothing is.
   */
  repositoriesDirectory?: string;
  /** Whether the estate's traffic is played. Default: true. */
  traffic?: boolean;
  /**
   * Milliseconds each resource of a stack takes beyond the work itself, so that progress can be
   * watched. Default: 300 to 800.
   */
  resourceDelay?: () => number;
  /** The present, in milliseconds since the epoch. Default: the clock. */
  now?: () => number;
  /** Takes a line for the operator. Default: drops it. */
  warn?: (message: string) => void;
}
