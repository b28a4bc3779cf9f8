import { AwsError } from '../AwsError';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { paginate } from '../paginate';
import { appliedQuota, Quota, serviceQuotas } from './quotas';

/** Reads of Service Quotas, for VPC Lattice: the values are those that the sandbox enforces. */
export const serviceQuotasOperations: ServiceOperations = {
  GetServiceQuota({ ServiceCode, QuotaCode }, context) {
    const quota = findQuota(ServiceCode, QuotaCode);
    return {
      Quota: describe(
        context,
        ServiceCode,
        appliedQuota(context, ServiceCode, quota),
      ),
    };
  },

  GetAWSDefaultServiceQuota({ ServiceCode, QuotaCode }, context) {
    const quota = findQuota(ServiceCode, QuotaCode);
    return { Quota: describe(context, ServiceCode, quota) };
  },

  ListServiceQuotas(input, context) {
    return list(input, context, quota =>
      appliedQuota(context, input.ServiceCode, quota),
    );
  },

  ListAWSDefaultServiceQuotas(input, context) {
    return list(input, context, quota => quota);
  },
};

function list(
  input: { ServiceCode: string; MaxResults?: number; NextToken?: string },
  context: OperationContext,
  apply: (quota: Quota) => Quota,
) {
  const { ServiceCode, MaxResults, NextToken } = input;
  const { items, nextToken } = paginate({
    items: quotasOf(ServiceCode),
    key: ({ code }) => code,
    maxResults: MaxResults,
    nextToken: NextToken,
    defaultSize: 100,
    invalidToken: () =>
      new AwsError({
        code: 'InvalidPaginationTokenException',
        message: 'Invalid input was provided: the token is not valid.',
      }),
  });
  return {
    Quotas: items.map(quota => describe(context, ServiceCode, apply(quota))),
    NextToken: nextToken,
  };
}

function quotasOf(serviceCode: string): Quota[] {
  const service = serviceQuotas[serviceCode];
  if (!service) {
    throw new AwsError({
      code: 'NoSuchResourceException',
      message: `The sandbox knows no quotas of ${serviceCode}.`,
    });
  }
  return service.quotas;
}

function findQuota(serviceCode: string, quotaCode: string): Quota {
  const quota = quotasOf(serviceCode).find(({ code }) => code === quotaCode);
  if (!quota) {
    throw new AwsError({
      code: 'NoSuchResourceException',
      message: `The request failed because the specified service does not exist: quota ${quotaCode} of ${serviceCode}.`,
    });
  }
  return quota;
}

function describe(
  { accountId, region }: OperationContext,
  serviceCode: string,
  quota: Quota,
) {
  return {
    ServiceCode: serviceCode,
    ServiceName: serviceQuotas[serviceCode].name,
    QuotaArn: `arn:aws:servicequotas:${region}:${accountId}:${serviceCode}/${quota.code}`,
    QuotaCode: quota.code,
    QuotaName: quota.name,
    Value: quota.value,
    Unit: 'None',
    Adjustable: quota.isAdjustable,
    GlobalQuota: quota.isGlobal ?? false,
  };
}
