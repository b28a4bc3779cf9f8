import type { OperationContext } from '../../operations/OperationHandler';
import { CatalogStore } from '../CatalogStore';
import { CatalogRecord, ProvisionedProduct } from '../catalog';
import { newId } from '../catalogIds';
import { inUse, invalidParameters, notFound } from './errors';

/** The record an idempotency token made before, if any. */
export function recordOf(
  store: CatalogStore,
  type: CatalogRecord['type'],
  token: string | undefined,
  { accountId, region }: OperationContext,
): CatalogRecord | undefined {
  return store.records.find(
    record =>
      record.type === type &&
      record.accountId === accountId &&
      record.region === region &&
      record.token === token,
  );
}

/**
 * The provisioned product an input names by id or name.
 *
 * @throws AwsError when the account has none.
 */
export function findProvisioned(
  store: CatalogStore,
  { id, name }: { id?: string; name?: string },
  context: OperationContext,
): ProvisionedProduct {
  if (!id === !name) {
    throw invalidParameters(
      'Either the id or the name of a provisioned product is needed, not both',
    );
  }
  const provisioned = store.provisionedProduct(context, { id, name });
  if (!provisioned) {
    throw notFound(`Provisioned product ${id ?? name} not found.`);
  }
  return provisioned;
}

/** Throws AwsError while an operation is under way on the provisioned product. */
export function checkAtRest({
  id,
  status,
  lastRecordId,
}: ProvisionedProduct): void {
  if (status === 'UNDER_CHANGE') {
    throw inUse(
      `Provisioned product ${id} is under change: wait for record ${lastRecordId}.`,
    );
  }
}

/** A record of provisioning or updating, not begun yet. */
export function launchRecord(options: {
  type: 'PROVISION_PRODUCT' | 'UPDATE_PROVISIONED_PRODUCT';
  token: string;
  launch: Pick<
    CatalogRecord,
    | 'productId'
    | 'artifactId'
    | 'pathId'
    | 'launchRoleArn'
    | 'tags'
    | 'parameters'
  >;
  provisioned: Pick<ProvisionedProduct, 'id' | 'name'>;
  context: OperationContext;
}): CatalogRecord {
  const { type, token, launch, provisioned, context } = options;
  const { accountId, region, principalArn, now } = context;
  const time = new Date(now()).toISOString();
  return {
    id: newId('rec'),
    accountId,
    region,
    type,
    status: 'CREATED',
    token,
    provisionedProductId: provisioned.id,
    provisionedProductName: provisioned.name,
    productId: launch.productId,
    artifactId: launch.artifactId,
    pathId: launch.pathId,
    launchRoleArn: launch.launchRoleArn,
    tags: launch.tags,
    parameters: launch.parameters,
    principalArn,
    errors: [],
    outputs: [],
    createdAt: time,
    updatedAt: time,
  };
}
