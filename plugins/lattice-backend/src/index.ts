/**
 * Backend of the VPC Lattice plugin: estate, outcomes, denials, access requests.
 *
 * @packageDocumentation
 */
export { latticePlugin as default } from './plugin';
