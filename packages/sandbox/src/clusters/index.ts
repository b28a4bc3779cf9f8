export { describeClusters } from './describeClusters';
export { startClusters, type ClustersOptions } from './startClusters';
