import type { OperationHandler } from '../../operations/OperationHandler';
import { CatalogStore } from '../CatalogStore';
import { Provisioner } from '../Provisioner';
import { recordDetail } from './describe';
import { inUse } from './errors';
import { prepareLaunch } from './prepareLaunch';
import {
  checkAtRest,
  findProvisioned,
  launchRecord,
  recordOf,
} from './records';

/**
 * `UpdateProvisionedProduct`: to another version, other parameters or other tags. The same
 * `UpdateToken` gives the same record.
 */
export function updateProvisionedProduct(
  store: CatalogStore,
  provisioner: Provisioner,
): OperationHandler {
  return (input, context) => {
    const { UpdateToken: token } = input;
    const type = 'UPDATE_PROVISIONED_PRODUCT';
    const same = recordOf(store, type, token, context);
    if (same) {
      return { RecordDetail: recordDetail(same) };
    }
    const provisioned = findProvisioned(
      store,
      { id: input.ProvisionedProductId, name: input.ProvisionedProductName },
      context,
    );
    checkAtRest(provisioned);
    if (provisioned.status === 'PLAN_IN_PROGRESS') {
      throw inUse(
        `Provisioned product ${provisioned.id} has a plan that was not executed yet.`,
      );
    }
    const launch = prepareLaunch({ store, input, context, provisioned });
    const record = launchRecord({ type, token, launch, provisioned, context });
    store.records.put(record.id, record);
    store.provisionedProducts.put(provisioned.id, {
      ...provisioned,
      status: 'UNDER_CHANGE',
      lastRecordId: record.id,
      lastProvisioningRecordId: record.id,
    });
    provisioner.start(record);
    return { RecordDetail: recordDetail(record) };
  };
}
