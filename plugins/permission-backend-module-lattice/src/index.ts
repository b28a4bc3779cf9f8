/**
 * Permission policy of the Lattice portal.
 *
 * @packageDocumentation
 */
export { permissionModuleLattice as default } from './module';
export * from './LatticePermissionPolicy';
