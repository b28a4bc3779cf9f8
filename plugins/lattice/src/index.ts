/**
 * Service map, denied requests and access requests of Amazon VPC Lattice, for Backstage's new frontend system.
 *
 * @packageDocumentation
 */
export { latticePlugin as default } from './plugin';
export { latticeApiRef } from './api';
export { rootRouteRef } from './routes';
