import { TemplateError } from '../../cloudFormation/template/TemplateError';
import { parseTemplate } from '../../cloudFormation/template/parseTemplate';
import { resolveParameters } from '../../cloudFormation/template/resolveParameters';
import type { OperationContext } from '../../operations/OperationHandler';
import { CatalogStore, LaunchPath, ruleOf } from '../CatalogStore';
import { Product, ProvisionedProduct, ProvisioningArtifact } from '../catalog';
import { chooseArtifact, choosePath, chooseProduct } from './choose';
import { invalidParameters } from './errors';
import { launchRole } from './launchRole';
import { tagsFrom } from '../../estate/tagList';

/** A version of a product with all it is launched with, checked. */
export interface Launch {
  productId: string;
  productName: string;
  artifactId: string;
  artifactName: string;
  pathId: string;
  parameters: Record<string, string>;
  tags: Record<string, string>;
  launchRoleArn?: string;
}

interface GivenParameter {
  Key: string;
  Value?: string;
  UsePreviousValue?: boolean;
}

/**
 * Checks what `ProvisionProduct` and `UpdateProvisionedProduct` ask for, before anything is made.
 * With a provisioned product, what the input leaves out stays as it is; parameters it leaves out
 * fall back to the template's defaults, as they do in CloudFormation.
 *
 * @throws AwsError
 */
export function prepareLaunch(options: {
  store: CatalogStore;
  input: any;
  context: OperationContext;
  provisioned?: ProvisionedProduct;
}): Launch {
  const { store, input, context, provisioned } = options;
  if (input.ProvisioningPreferences) {
    throw invalidParameters(
      'ProvisioningPreferences are for products with a stack set constraint',
    );
  }
  const product = chooseProduct(
    store,
    {
      id:
        input.ProductId ??
        (input.ProductName ? undefined : provisioned?.productId),
      name: input.ProductName,
    },
    context,
  );
  const artifact = chooseArtifact(product, {
    id:
      input.ProvisioningArtifactId ??
      (input.ProvisioningArtifactName ? undefined : provisioned?.artifactId),
    name: input.ProvisioningArtifactName,
  });
  checkUsable(artifact, provisioned);
  const path = choosePath(
    store,
    product,
    {
      id: input.PathId ?? previousPath(options, product),
      name: input.PathName,
    },
    context,
  );
  return {
    productId: product.id,
    productName: product.name,
    artifactId: artifact.id,
    artifactName: artifact.name,
    pathId: path.id,
    parameters: resolve(
      artifact,
      input.ProvisioningParameters,
      previousParameters(store, provisioned),
    ),
    tags: chooseTags(options, path),
    launchRoleArn: launchRole(path, context),
  };
}

/**
 * Deprecated versions are not launched anew; what was launched from them can be changed.
 * {@link https://docs.aws.amazon.com/servicecatalog/latest/dg/API_ProvisioningArtifact.html}
 */
function checkUsable(
  { id, name, isActive, guidance }: ProvisioningArtifact,
  provisioned: ProvisionedProduct | undefined,
): void {
  if (!isActive) {
    throw invalidParameters(`Provisioning artifact ${name} is not active.`);
  }
  if (guidance === 'DEPRECATED' && provisioned?.artifactId !== id) {
    throw invalidParameters(`Provisioning artifact ${name} is deprecated.`);
  }
}

/** The path the product was launched by, where it is still there. */
function previousPath(
  { store, input, context, provisioned }: Parameters<typeof prepareLaunch>[0],
  product: Product,
): string | undefined {
  return input.PathName
    ? undefined
    : store
        .pathsTo(product.id, context)
        .find(({ id }) => id === provisioned?.pathId)?.id;
}

/** Values of the last success. */
function previousParameters(
  store: CatalogStore,
  provisioned: ProvisionedProduct | undefined,
): Record<string, string> {
  const { lastSuccessfulProvisioningRecordId, lastProvisioningRecordId } =
    provisioned ?? {};
  const record =
    store.records.get(lastSuccessfulProvisioningRecordId ?? '') ??
    store.records.get(lastProvisioningRecordId ?? '');
  return record?.parameters ?? {};
}

function resolve(
  { templateBody }: ProvisioningArtifact,
  list: GivenParameter[] = [],
  previous: Record<string, string>,
): Record<string, string> {
  const given = Object.fromEntries(
    list.map(({ Key, Value, UsePreviousValue }) => {
      if (!UsePreviousValue) {
        return [Key, Value ?? ''];
      }
      if (previous[Key] === undefined) {
        throw invalidParameters(
          `Invalid input for parameter key ${Key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
        );
      }
      return [Key, previous[Key]];
    }),
  );
  const definitions = parseTemplate(templateBody).Parameters;
  try {
    resolveParameters({ definitions, given });
  } catch (error) {
    throw error instanceof TemplateError
      ? invalidParameters(error.message)
      : error;
  }
  // With the defaults, which a later version of the template may change.
  const defaults = Object.entries(definitions).map(([key, { Default }]) => [
    key,
    Default ?? '',
  ]);
  return { ...Object.fromEntries(defaults), ...given };
}

/** Tags as given, with those of TagOptions; on an update as before, unless tags may change. */
function chooseTags(
  { store, input, context, provisioned }: Parameters<typeof prepareLaunch>[0],
  path: LaunchPath,
): Record<string, string> {
  if (provisioned && !input.Tags?.length) {
    return provisioned.tags;
  }
  if (provisioned && !ruleOf(path, 'RESOURCE_UPDATE')?.allowsTagUpdates) {
    throw invalidParameters(
      'Tags of a provisioned product change only with a RESOURCE_UPDATE constraint that allows it',
    );
  }
  const tags = tagsFrom(input.Tags);
  for (const [key, values] of store.tagOptionsOf(path, context.accountId)) {
    if (tags[key] === undefined && values.length === 1) {
      tags[key] = values[0];
    }
    if (!values.includes(tags[key])) {
      throw invalidParameters(
        tags[key] === undefined
          ? `Tag ${key} is required, with one of the values ${values.join(
              ', ',
            )}`
          : `Tag ${key} can't be ${tags[key]}: its values are ${values.join(
              ', ',
            )}`,
      );
    }
  }
  return tags;
}
