import type { ProvisioningArtifactParameter } from '@aws-sdk/client-service-catalog';

/**
 * A Service Catalog product as it is offered to one account: what to launch, along which path, with which parameters.
 */
export interface ProductOffer {
  productId: string;
  productName: string;
  /** The version that is launched. */
  artifactId: string;
  artifactName: string;
  pathId: string;
  parameters: ProvisioningArtifactParameter[];
}
