import type {
  OperationContext,
  OperationHandler,
} from '../../operations/OperationHandler';
import { CatalogStore } from '../CatalogStore';
import { Provisioner } from '../Provisioner';
import { ProvisionedProduct } from '../catalog';
import { newId } from '../catalogIds';
import { recordDetail } from './describe';
import { duplicate, invalidParameters } from './errors';
import { Launch, prepareLaunch } from './prepareLaunch';
import { launchRecord, recordOf } from './records';

/** Throws AwsError when a provisioned product can't have the name. */
export function checkName(
  store: CatalogStore,
  name: string,
  context: OperationContext,
): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(name)) {
    throw invalidParameters(
      `Value '${name}' at 'provisionedProductName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9][a-zA-Z0-9._-]*`,
    );
  }
  if (store.provisionedProduct(context, { name })) {
    throw duplicate(
      `A provisioned product with the name ${name} already exists in the account.`,
    );
  }
}

/** A provisioned product without record and stack so far. */
export function newProvisionedProduct(options: {
  name: string;
  token: string;
  launch: Launch;
  context: OperationContext;
}): Omit<ProvisionedProduct, 'status'> {
  const { name, token, launch, context } = options;
  const { accountId, region, principalArn, now } = context;
  const id = newId('pp');
  return {
    id,
    arn: `arn:aws:servicecatalog:${region}:${accountId}:stack/${name}/${id}`,
    accountId,
    region,
    name,
    productId: launch.productId,
    productName: launch.productName,
    artifactId: launch.artifactId,
    artifactName: launch.artifactName,
    pathId: launch.pathId,
    launchRoleArn: launch.launchRoleArn,
    tags: launch.tags,
    token,
    principalArn,
    createdAt: new Date(now()).toISOString(),
  };
}

/** `ProvisionProduct`. The same `ProvisionToken` gives the same record. */
export function provisionProduct(
  store: CatalogStore,
  provisioner: Provisioner,
): OperationHandler {
  return (input, context) => {
    const { ProvisionToken: token, ProvisionedProductName: name } = input;
    const same = recordOf(store, 'PROVISION_PRODUCT', token, context);
    if (same) {
      return { RecordDetail: recordDetail(same) };
    }
    const launch = prepareLaunch({ store, input, context });
    checkName(store, name, context);
    const provisioned = newProvisionedProduct({
      name,
      token,
      launch,
      context,
    });
    const record = launchRecord({
      type: 'PROVISION_PRODUCT',
      token,
      launch,
      provisioned,
      context,
    });
    store.provisionedProducts.put(provisioned.id, {
      ...provisioned,
      status: 'UNDER_CHANGE',
      lastRecordId: record.id,
      lastProvisioningRecordId: record.id,
    });
    store.records.put(record.id, record);
    provisioner.start(record);
    return { RecordDetail: recordDetail(record) };
  };
}
