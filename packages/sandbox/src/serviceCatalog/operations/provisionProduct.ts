import { TemplateError } from '../../cloudFormation/template/TemplateError';
import { parseTemplate } from '../../cloudFormation/template/parseTemplate';
import { resolveParameters } from '../../cloudFormation/template/resolveParameters';
import type { OperationHandler } from '../../operations/OperationHandler';
import { CatalogStore } from '../CatalogStore';
import { Provisioner } from '../Provisioner';
import { CatalogRecord } from '../catalog';
import { newId } from '../catalogIds';
import { chooseArtifact, chooseProduct, choosePath } from './choose';
import { recordDetail } from './describe';
import { duplicate, invalidParameters } from './errors';
import { launchRole } from './launchRole';

function pairs(list: any[] = []): Record<string, string> {
  return Object.fromEntries(list.map(({ Key, Value }) => [Key, Value ?? '']));
}

function checkParameters(
  templateBody: string,
  given: Record<string, string>,
): void {
  try {
    resolveParameters({
      definitions: parseTemplate(templateBody).Parameters,
      given,
    });
  } catch (error) {
    throw error instanceof TemplateError
      ? invalidParameters(error.message)
      : error;
  }
}

/** `ProvisionProduct`. The same `ProvisionToken` gives the same record. */
export function provisionProduct(
  store: CatalogStore,
  provisioner: Provisioner,
): OperationHandler {
  return (input, context) => {
    const { ProvisionToken: token, ProvisionedProductName: name } = input;
    const { accountId, region, principalArn, now } = context;
    const same = store.records.find(
      record =>
        record.type === 'PROVISION_PRODUCT' &&
        record.accountId === accountId &&
        record.region === region &&
        record.token === token,
    );
    if (same) {
      return { RecordDetail: recordDetail(same) };
    }
    const product = chooseProduct(
      store,
      { id: input.ProductId, name: input.ProductName },
      context,
    );
    const artifact = chooseArtifact(product, {
      id: input.ProvisioningArtifactId,
      name: input.ProvisioningArtifactName,
    });
    const path = choosePath(
      store,
      product,
      { id: input.PathId, name: input.PathName },
      context,
    );
    if (input.ProvisioningPreferences) {
      throw invalidParameters(
        'ProvisioningPreferences are for products with a stack set constraint',
      );
    }
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
    const parameters = pairs(input.ProvisioningParameters);
    checkParameters(artifact.templateBody, parameters);
    const launchRoleArn = launchRole(path, context);

    const provisionedProductId = newId('pp');
    const time = new Date(now()).toISOString();
    const tags = pairs(input.Tags);
    const record: CatalogRecord = {
      id: newId('rec'),
      accountId,
      region,
      type: 'PROVISION_PRODUCT',
      status: 'CREATED',
      token,
      provisionedProductId,
      provisionedProductName: name,
      productId: product.id,
      artifactId: artifact.id,
      pathId: path.id,
      launchRoleArn,
      tags,
      parameters,
      principalArn,
      errors: [],
      outputs: [],
      createdAt: time,
      updatedAt: time,
    };
    store.provisionedProducts.put(provisionedProductId, {
      id: provisionedProductId,
      arn: `arn:aws:servicecatalog:${region}:${accountId}:stack/${name}/${provisionedProductId}`,
      accountId,
      region,
      name,
      status: 'UNDER_CHANGE',
      productId: product.id,
      productName: product.name,
      artifactId: artifact.id,
      artifactName: artifact.name,
      pathId: path.id,
      launchRoleArn,
      tags,
      token,
      principalArn,
      lastRecordId: record.id,
      lastProvisioningRecordId: record.id,
      createdAt: time,
    });
    store.records.put(record.id, record);
    provisioner.start(record);
    return { RecordDetail: recordDetail(record) };
  };
}
