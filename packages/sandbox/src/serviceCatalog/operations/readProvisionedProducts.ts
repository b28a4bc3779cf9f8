import { paginate } from '../../cloudFormation/operations/paginate';
import type {
  OperationContext,
  ServiceOperations,
} from '../../operations/OperationHandler';
import { CatalogStore } from '../CatalogStore';
import { CatalogRecord, ProvisionedProduct } from '../catalog';
import {
  provisionedProductAttribute,
  provisionedProductDetail,
  recordDetail,
  recordOutputs,
} from './describe';
import { invalidParameters, notFound } from './errors';
import { findProvisioned } from './records';

function invalidToken(): Error {
  return invalidParameters('Invalid page token');
}

const searchable: Record<string, (product: ProvisionedProduct) => unknown> = {
  arn: ({ arn }) => arn,
  createdTime: ({ createdAt }) => createdAt,
  id: ({ id }) => id,
  lastRecordId: ({ lastRecordId }) => lastRecordId,
  idempotencyToken: ({ token }) => token,
  name: ({ name }) => name,
  physicalId: ({ stackId }) => stackId,
  productId: ({ productId }) => productId,
  provisioningArtifactId: ({ artifactId }) => artifactId,
  type: () => 'CFN_STACK',
  status: ({ status }) => status,
  userArn: ({ principalArn }) => principalArn,
  userArnSession: ({ principalArn }) => principalArn,
};

/** `name:orders` asks for a field's value, `name:ord*` for its beginning, a lone word for a part of any. */
function matches(product: ProvisionedProduct, query: string): boolean {
  const [, field, value] = /^(?:([a-zA-Z]+):)?(.*)$/.exec(query)!;
  const wanted = value.toLowerCase();
  if (field === undefined) {
    return Object.values(searchable).some(read =>
      String(read(product) ?? '')
        .toLowerCase()
        .includes(wanted),
    );
  }
  const read = searchable[field];
  if (!read) {
    throw invalidParameters(`Unsupported field in SearchQuery: ${field}`);
  }
  const found = String(read(product) ?? '').toLowerCase();
  return wanted.endsWith('*')
    ? found.startsWith(wanted.slice(0, -1))
    : found === wanted;
}

/**
 * Which provisioned products an `AccessLevelFilter` lets through: those of the account, of the
 * caller's role, or of the caller, which is the default.
 * {@link https://docs.aws.amazon.com/servicecatalog/latest/dg/API_AccessLevelFilter.html}
 */
function withinAccess(
  { Key = 'User', Value = 'self' }: { Key?: string; Value?: string } = {},
  { principalArn }: OperationContext,
): (product: ProvisionedProduct) => boolean {
  if (!['Account', 'Role', 'User'].includes(Key) || Value !== 'self') {
    throw invalidParameters(
      'AccessLevelFilter has the Key Account, Role or User and the Value self',
    );
  }
  const roleOf = (arn: string) =>
    arn.replace(/(:assumed-role\/[^/]+)\/.*$/, '$1');
  return product =>
    Key === 'Account' ||
    (Key === 'Role'
      ? roleOf(product.principalArn) === roleOf(principalArn)
      : product.principalArn === principalArn);
}

function comparison(sortBy: string | undefined, order: string | undefined) {
  if (!sortBy) {
    return () => 0;
  }
  const read = searchable[sortBy];
  if (!read || !['arn', 'id', 'name', 'lastRecordId'].includes(sortBy)) {
    throw invalidParameters(`Unsupported SortBy: ${sortBy}`);
  }
  const direction = order === 'DESCENDING' ? -1 : 1;
  return (a: ProvisionedProduct, b: ProvisionedProduct) =>
    direction * (String(read(a)) < String(read(b)) ? -1 : 1);
}

/** The operations that read provisioned products and records. */
export function readProvisionedProducts(
  store: CatalogStore,
): ServiceOperations {
  function owned({ accountId, region }: OperationContext) {
    return (item: { accountId: string; region: string }) =>
      item.accountId === accountId && item.region === region;
  }

  return {
    DescribeRecord({ Id, PageSize = 100, PageToken }, context) {
      const record = store.records.get(Id);
      if (!record || !owned(context)(record)) {
        throw notFound(`Record ${Id} not found.`);
      }
      const { page, nextToken } = paginate(record.outputs, {
        token: PageToken,
        pageSize: PageSize,
        fail: invalidToken,
      });
      return {
        RecordDetail: recordDetail(record),
        RecordOutputs: recordOutputs(page),
        NextPageToken: nextToken,
      };
    },

    ListRecordHistory({ SearchFilter, PageSize = 20, PageToken }, context) {
      const { Key, Value } = SearchFilter ?? {};
      if (Key && Key !== 'provisionedproduct' && Key !== 'product') {
        throw invalidParameters(`Unsupported SearchFilter: ${Key}`);
      }
      const wanted = (record: CatalogRecord) =>
        !Key ||
        (Key === 'product'
          ? record.productId === Value
          : record.provisionedProductId === Value);
      const { page, nextToken } = paginate(
        store.records.filter(owned(context)).filter(wanted).reverse(),
        { token: PageToken, pageSize: PageSize, fail: invalidToken },
      );
      return {
        RecordDetails: page.map(recordDetail),
        NextPageToken: nextToken,
      };
    },

    DescribeProvisionedProduct({ Id, Name }, context) {
      return {
        ProvisionedProductDetail: provisionedProductDetail(
          findProvisioned(store, { id: Id, name: Name }, context),
        ),
        CloudWatchDashboards: [],
      };
    },

    GetProvisionedProductOutputs(input, context) {
      const { OutputKeys, PageSize = 20, PageToken } = input;
      const provisioned = findProvisioned(
        store,
        {
          id: input.ProvisionedProductId,
          name: input.ProvisionedProductName,
        },
        context,
      );
      const { outputs = [] } =
        store.records.get(
          provisioned.lastSuccessfulProvisioningRecordId ?? '',
        ) ?? {};
      const { page, nextToken } = paginate(
        outputs.filter(({ key }) => !OutputKeys || OutputKeys.includes(key)),
        { token: PageToken, pageSize: PageSize, fail: invalidToken },
      );
      return { Outputs: recordOutputs(page), NextPageToken: nextToken };
    },

    ScanProvisionedProducts(input, context) {
      const { PageSize = 20, PageToken } = input;
      const { page, nextToken } = paginate(
        store.provisionedProducts
          .filter(owned(context))
          .filter(withinAccess(input.AccessLevelFilter, context)),
        { token: PageToken, pageSize: PageSize, fail: invalidToken },
      );
      return {
        ProvisionedProducts: page.map(provisionedProductDetail),
        NextPageToken: nextToken,
      };
    },

    SearchProvisionedProducts(input, context) {
      const { Filters = {}, PageSize = 20, PageToken } = input;
      const unknown = Object.keys(Filters).filter(key => key !== 'SearchQuery');
      if (unknown.length > 0) {
        throw invalidParameters(`Unsupported filters: ${unknown.join(', ')}`);
      }
      const queries: string[] = Filters.SearchQuery ?? [];
      const found = store.provisionedProducts
        .filter(owned(context))
        .filter(withinAccess(input.AccessLevelFilter, context))
        .filter(product => queries.every(query => matches(product, query)))
        .sort(comparison(input.SortBy, input.SortOrder));
      const { page, nextToken } = paginate(found, {
        token: PageToken,
        pageSize: PageSize,
        fail: invalidToken,
      });
      return {
        ProvisionedProducts: page.map(provisionedProductAttribute),
        TotalResultsCount: found.length,
        NextPageToken: nextToken,
      };
    },
  };
}
