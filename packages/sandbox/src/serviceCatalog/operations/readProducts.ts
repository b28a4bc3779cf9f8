import { paginate } from '../../cloudFormation/operations/paginate';
import { parseTemplate } from '../../cloudFormation/template/parseTemplate';
import type { ServiceOperations } from '../../operations/OperationHandler';
import { CatalogStore } from '../CatalogStore';
import { Product } from '../catalog';
import { chooseArtifact, chooseProduct, choosePath } from './choose';
import { artifactDetail, constraintSummaries, productView } from './describe';
import { invalidParameters } from './errors';

function matches(product: Product, filters: Record<string, string[]>): boolean {
  return Object.entries(filters).every(([key, values]) =>
    values.some(value => {
      const text = value.toLowerCase();
      if (key === 'Owner') {
        return product.owner.toLowerCase() === text;
      }
      if (key === 'ProductType') {
        return value === 'CLOUD_FORMATION_TEMPLATE';
      }
      return [product.name, product.owner, product.description ?? '']
        .join(' ')
        .toLowerCase()
        .includes(text);
    }),
  );
}

const FILTERS = ['FullTextSearch', 'Owner', 'ProductType'];

/** The operations by which a team finds a product and what it asks for. */
export function readProducts(store: CatalogStore): ServiceOperations {
  return {
    SearchProducts({ Filters = {}, PageSize = 20, PageToken }, context) {
      const unknown = Object.keys(Filters).filter(
        key => !FILTERS.includes(key),
      );
      if (unknown.length > 0) {
        throw invalidParameters(`Unsupported filters: ${unknown.join(', ')}`);
      }
      const { page, nextToken } = paginate(
        store.productsFor(context).filter(product => matches(product, Filters)),
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
        ProvisioningArtifacts: product.artifacts.map(artifact => {
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
      const product = chooseProduct(store, { id: ProductId }, context);
      return {
        LaunchPathSummaries: store.pathsTo(product.id, context).map(path => ({
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
      const { Parameters, Outputs, Description } = parseTemplate(
        artifact.templateBody,
      );
      const outputs = Object.entries(Outputs).map(([Key, output]) => ({
        Key,
        Description: output.Description,
      }));
      return {
        ProvisioningArtifactParameters: Object.entries(Parameters).map(
          ([key, parameter]) => ({
            ParameterKey: key,
            DefaultValue: parameter.Default,
            ParameterType: parameter.Type,
            IsNoEcho: parameter.NoEcho ?? false,
            Description: parameter.Description,
            ParameterConstraints: {
              AllowedValues: parameter.AllowedValues ?? [],
              AllowedPattern: parameter.AllowedPattern,
              ConstraintDescription: parameter.ConstraintDescription,
              MinLength: parameter.MinLength?.toString(),
              MaxLength: parameter.MaxLength?.toString(),
              MinValue: parameter.MinValue?.toString(),
              MaxValue: parameter.MaxValue?.toString(),
            },
          }),
        ),
        ConstraintSummaries: constraintSummaries(path),
        UsageInstructions: Description
          ? [{ Type: 'description', Value: Description }]
          : [],
        TagOptions: [],
        ProvisioningArtifactOutputs: outputs,
        ProvisioningArtifactOutputKeys: outputs,
      };
    },
  };
}
