import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What `assembly/index.ts` exports. */
interface ScannerExports {
  memory: WebAssembly.Memory;
  textAddress(): number;
  layoutAddress(): number;
  rowsAddress(): number;
  findLines(from: number, stop: number, most: number): number;
  stoppedAt: WebAssembly.Global;
  isFull: WebAssembly.Global;
  tokenAddress(token: number): number;
  tokenLength(token: number): number;
  forgetTokens(): void;
  identityAddress(): number;
  identityOf(
    row: number,
    requestId: number,
    time: number,
    service: number,
    connection: number,
    method: number,
    path: number,
  ): number;
}

/**
 * Loads the module that looks at lines' bytes.
 *
 * @throws Error if it was not built
 */
export function scannerModule(): ScannerExports {
  const path = join(
    dirname(require.resolve('@lattice-portal/access-logs/package.json')),
    'wasm/lineScanner.wasm',
  );
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new Error(
      `The reader of access logs was not built (${path} can't be read): run "yarn build:wasm" in the package's folder`,
      { cause: error },
    );
  }
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  return exports as unknown as ScannerExports;
}
