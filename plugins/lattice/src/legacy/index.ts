/**
 * The same pages for apps on Backstage's old frontend system.
 *
 * @packageDocumentation
 */
export * from './plugin';
export { latticeApiRef } from '../api';
export { isLatticeEntity } from '../entity/isLatticeEntity';
export { rootRouteRef } from '../routes';
