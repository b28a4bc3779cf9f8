import type { OperationHandler } from '../../operations/OperationHandler';
import { CatalogStore } from '../CatalogStore';
import { Provisioner } from '../Provisioner';
import { CatalogRecord } from '../catalog';
import { newId } from '../catalogIds';
import { recordDetail } from './describe';
import { checkAtRest, findProvisioned, recordOf } from './records';

/**
 * `TerminateProvisionedProduct`. The same `TerminateToken` gives the same record for as long as the
 * provisioned product is there.
 */
export function terminateProvisionedProduct(
  store: CatalogStore,
  provisioner: Provisioner,
): OperationHandler {
  return (input, context) => {
    const { TerminateToken: token } = input;
    const { accountId, region, principalArn, now } = context;
    const provisioned = findProvisioned(
      store,
      { id: input.ProvisionedProductId, name: input.ProvisionedProductName },
      context,
    );
    const type = 'TERMINATE_PROVISIONED_PRODUCT';
    const same = recordOf(store, type, token, context);
    if (same?.provisionedProductId === provisioned.id) {
      return { RecordDetail: recordDetail(same) };
    }
    checkAtRest(provisioned);
    const time = new Date(now()).toISOString();
    const record: CatalogRecord = {
      id: newId('rec'),
      accountId,
      region,
      type,
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
