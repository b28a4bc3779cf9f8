import { paginate } from '../../cloudFormation/operations/paginate';
import { parseTemplate } from '../../cloudFormation/template/parseTemplate';
import type { ServiceOperations } from '../../operations/OperationHandler';
import { CatalogStore } from '../CatalogStore';
import { chooseArtifact, chooseProduct, choosePath } from './choose';
import {
  artifactDetail,
  constraintSummaries,
  parameterDetails,
  productView,
} from './describe';
import { invalidParameters, noLaunchPaths } from './errors';
import { launchRole } from './launchRole';
import { matchesFilters } from './productFilters';

/** The operations by which a team finds a product and what it asks for. */
export function readProducts(store: CatalogStore): ServiceOperations {
  return {
    SearchProducts({ Filters = {}, PageSize = 20, PageToken }, context) {
      const { page, nextToken } = paginate(
        store
          .productsFor(context)
          .filter(product => matchesFilters(product, Filters)),
        {
          token: PageToken,
          pageSize: PageSize,
          fail: () => invalidParameters('Invalid page token'),
        },
      );
      return {
        ProductViewSummaries: page.map(productView),
        ProductViewAggregations: {},
        NextPageToken: nextToken,
      };
    },

    DescribeProduct({ Id, Name }, context) {
      const product = chooseProduct(store, { id: Id, name: Name }, context);
      return {
        ProductViewSummary: productView(product),
        ProvisioningArtifacts: product.artifacts
          .filter(({ isActive }) => isActive)
          .map(artifact => {
            const { Active, Type, ...summary } = artifactDetail(artifact);
            return summary;
          }),
        Budgets: [],
        LaunchPaths: store.pathsTo(product.id, context).map(path => ({
          Id: path.id,
          Name: path.portfolio.displayName,
        })),
      };
    },

    ListProvisioningArtifacts({ ProductId }, context) {
      const product = chooseProduct(store, { id: ProductId }, context);
      return {
        ProvisioningArtifactDetails: product.artifacts.map(artifactDetail),
      };
    },

    ListLaunchPaths({ ProductId }, context) {
      const paths = store.pathsTo(ProductId, context);
      if (paths.length === 0) {
        throw noLaunchPaths(ProductId);
      }
      return {
        LaunchPathSummaries: paths.map(path => ({
          Id: path.id,
          Name: path.portfolio.displayName,
          ConstraintSummaries: constraintSummaries(path),
          Tags: [],
        })),
      };
    },

    DescribeProvisioningParameters(input, context) {
      const { ProductId, ProductName, PathId, PathName } = input;
      const product = chooseProduct(
        store,
        { id: ProductId, name: ProductName },
        context,
      );
      const artifact = chooseArtifact(product, {
        id: input.ProvisioningArtifactId,
        name: input.ProvisioningArtifactName,
      });
      const path = choosePath(
        store,
        product,
        { id: PathId, name: PathName },
        context,
      );
      // As in AWS: what the launch role may not read can't be described either.
      launchRole(path, context);
      const { Outputs, Description } = parseTemplate(artifact.templateBody);
      const outputs = Object.entries(Outputs).map(([Key, output]) => ({
        Key,
        Description: output.Description,
      }));
      return {
        ProvisioningArtifactParameters: parameterDetails(artifact.templateBody),
        ConstraintSummaries: constraintSummaries(path),
        UsageInstructions: Description
          ? [{ Type: 'description', Value: Description }]
          : [],
        TagOptions: [...store.tagOptionsOf(path, context.accountId)].map(
          ([Key, Values]) => ({ Key, Values }),
        ),
        ProvisioningArtifactOutputs: outputs,
        ProvisioningArtifactOutputKeys: outputs,
      };
    },
  };
}
