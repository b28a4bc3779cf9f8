/**
 * Scaffolder actions for VPC Lattice, and the git repositories the portal keeps itself.
 *
 * @packageDocumentation
 */
export { latticeScaffolderFeatures as default } from './latticeScaffolderFeatures';
export { latticeScaffolderModule } from './latticeScaffolderModule';
export { latticeGitPlugin } from './git/latticeGitPlugin';
export { repositoryAnnotationsModule } from './git/hosted/repositoryAnnotationsModule';
export { repositoryUrlReaderFactory } from './git/repositoryUrlReaderFactory';
export * from './actions/createCatalogRegisterAction';
export * from './actions/createGitChangeAction';
export * from './actions/createAccessRequestAction';
export * from './actions/createGitLocateAction';
export * from './actions/createGitPublishAction';
export * from './actions/createGitRemoveAction';
export * from './actions/createProductProvisionAction';
export * from './actions/createProductTerminateAction';
export * from './actions/createServiceFindAction';
export * from './actions/retire/createNetworkRetireAction';
export * from './actions/retire/createServiceRetireAction';
export * from './actions/retire/createVpcLeaveAction';
export * from './actions/retire/RetireOptions';
export * from './actions/ProvisioningOptions';
export type { LatticeBackendOptions } from './accessRequests/latticeClientFor';
export * from './git/GitRepositories';
export * from './git/LocalGitRepositories';
export type { RepositoryUrls } from './git/repositoryUrls';
