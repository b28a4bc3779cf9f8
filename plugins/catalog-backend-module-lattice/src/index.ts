/**
 * Catalog entities from the VPC Lattice estate.
 *
 * @packageDocumentation
 */
export { catalogModuleLattice as default } from './module';
