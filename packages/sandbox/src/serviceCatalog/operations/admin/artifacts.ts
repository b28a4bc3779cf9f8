import type {
  OperationContext,
  ServiceOperations,
} from '../../../operations/OperationHandler';
import { CatalogStore } from '../../CatalogStore';
import { Product, ProvisioningArtifact } from '../../catalog';
import { chooseArtifact } from '../choose';
import { artifactDetail, parameterDetails } from '../describe';
import { inUse, invalidParameters } from '../errors';
import { findOwn } from './owned';
import { findProduct, newArtifact } from './products';

/** The operations on the versions of products. */
export function artifactOperations(store: CatalogStore): ServiceOperations {
  const { products } = store;

  function find(input: any, context: OperationContext) {
    const product = findOwn(products, input.ProductId, context, 'Product');
    const artifact = chooseArtifact(product, {
      id: input.ProvisioningArtifactId,
    });
    return { product, artifact };
  }

  function replace(product: Product, artifacts: ProvisioningArtifact[]): void {
    products.put(product.id, { ...product, artifacts });
  }

  function answer(artifact: ProvisioningArtifact) {
    const { templateUrl } = artifact;
    return {
      ProvisioningArtifactDetail: artifactDetail(artifact),
      Info: templateUrl ? { TemplateUrl: templateUrl } : {},
      Status: 'AVAILABLE',
    };
  }

  return {
    async CreateProvisioningArtifact(input, context) {
      const token = input.IdempotencyToken;
      const { artifacts } = findOwn(
        products,
        input.ProductId,
        context,
        'Product',
      );
      const same = artifacts.find(
        artifact => token !== undefined && artifact.token === token,
      );
      if (same) {
        return answer(same);
      }
      const artifact = await newArtifact(input.Parameters, context, token);
      // Looked up again: reading the template gave others time to change the product.
      const product = findOwn(products, input.ProductId, context, 'Product');
      replace(product, [...product.artifacts, artifact]);
      return answer(artifact);
    },

    UpdateProvisioningArtifact(input, context) {
      const { product, artifact } = find(input, context);
      const { Guidance = artifact.guidance } = input;
      if (!['DEFAULT', 'DEPRECATED'].includes(Guidance)) {
        throw invalidParameters(
          `Guidance is DEFAULT or DEPRECATED, not ${Guidance}`,
        );
      }
      const changed: ProvisioningArtifact = {
        ...artifact,
        name: input.Name ?? artifact.name,
        description: input.Description ?? artifact.description,
        isActive: input.Active ?? artifact.isActive,
        guidance: Guidance,
      };
      replace(
        product,
        product.artifacts.map(other =>
          other.id === changed.id ? changed : other,
        ),
      );
      return answer(changed);
    },

    DeleteProvisioningArtifact(input, context) {
      const { product, artifact } = find(input, context);
      if (product.artifacts.length === 1) {
        throw inUse(
          `Provisioning artifact ${artifact.id} is the only one of product ${product.id}.`,
        );
      }
      if (
        store.provisionedProducts.find(
          ({ artifactId }) => artifactId === artifact.id,
        )
      ) {
        throw inUse(
          `Provisioning artifact ${artifact.id} has provisioned products.`,
        );
      }
      replace(
        product,
        product.artifacts.filter(({ id }) => id !== artifact.id),
      );
      return {};
    },

    DescribeProvisioningArtifact(input, context) {
      const product = findProduct(
        store,
        { id: input.ProductId, name: input.ProductName },
        context,
      );
      const artifact = chooseArtifact(product, {
        id: input.ProvisioningArtifactId,
        name: input.ProvisioningArtifactName,
      });
      return {
        ...answer(artifact),
        ProvisioningArtifactParameters:
          input.IncludeProvisioningArtifactParameters
            ? parameterDetails(artifact.templateBody)
            : undefined,
      };
    },
  };
}
