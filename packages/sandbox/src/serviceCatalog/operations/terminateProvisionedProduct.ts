import type { OperationHandler } from '../../operations/OperationHandler';
import { CatalogStore } from '../CatalogStore';
import { Provisioner } from '../Provisioner';
import { CatalogRecord } from '../catalog';
import { newId } from '../catalogIds';
import { recordDetail } from './describe';
import { inUse, notFound } from './errors';

/** `TerminateProvisionedProduct`. The same `TerminateToken` gives the same record. */
export function terminateProvisionedProduct(
  store: CatalogStore,
  provisioner: Provisioner,
): OperationHandler {
  return (input, context) => {
    const { TerminateToken: token } = input;
    const { accountId, region, principalArn, now } = context;
    const same = store.records.find(
      record =>
        record.type === 'TERMINATE_PROVISIONED_PRODUCT' &&
        record.accountId === accountId &&
        record.region === region &&
        record.token === token,
    );
    if (same) {
      return { RecordDetail: recordDetail(same) };
    }
    const id = input.ProvisionedProductId;
    const name = input.ProvisionedProductName;
    const provisioned = store.provisionedProduct(context, { id, name });
    if (!provisioned) {
      throw notFound(`Provisioned product ${id ?? name} not found.`);
    }
    if (provisioned.status === 'UNDER_CHANGE') {
      throw inUse(
        `Provisioned product ${provisioned.id} is under change: wait for record ${provisioned.lastRecordId}.`,
      );
    }
    const time = new Date(now()).toISOString();
    const record: CatalogRecord = {
      id: newId('rec'),
      accountId,
      region,
      type: 'TERMINATE_PROVISIONED_PRODUCT',
      status: 'CREATED',
      token,
      provisionedProductId: provisioned.id,
      provisionedProductName: provisioned.name,
      productId: provisioned.productId,
      artifactId: provisioned.artifactId,
      pathId: provisioned.pathId,
      launchRoleArn: provisioned.launchRoleArn,
      tags: provisioned.tags,
      parameters: {},
      principalArn,
      ignoreErrors: input.IgnoreErrors,
      retainResources: input.RetainPhysicalResources,
      errors: [],
      outputs: [],
      createdAt: time,
      updatedAt: time,
    };
    store.records.put(record.id, record);
    store.provisionedProducts.put(provisioned.id, {
      ...provisioned,
      status: 'UNDER_CHANGE',
      lastRecordId: record.id,
    });
    provisioner.start(record);
    return { RecordDetail: recordDetail(record) };
  };
}
