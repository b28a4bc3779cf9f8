import type { ProvisioningArtifactParameter } from '@aws-sdk/client-service-catalog';

/**
 * A Service Catalog product as it is offered to one account: what to launch, along which path, with which parameters.
 */
export interface ProductOffer extends OfferedVersion {
  parameters: ProvisioningArtifactParameter[];
}

/** The version of a product to launch, and the path to launch it along. */
export type OfferedVersion = {
  productId: string;
  productName: string;
  /** The version that is launched. */
  artifactId: string;
  artifactName: string;
  pathId: string;
};
