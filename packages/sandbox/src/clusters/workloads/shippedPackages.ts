import { dirname } from 'node:path';

/**
 * Folders of the packages that an application in the clusters may depend on, by name. There is no registry
 * that others could come from.
 */
export function shippedPackages(): Map<string, string> {
  return new Map([
    ['@grpc/grpc-js', dirname(require.resolve('@grpc/grpc-js/package.json'))],
    [
      '@grpc/proto-loader',
      dirname(require.resolve('@grpc/proto-loader/package.json')),
    ],
  ]);
}
