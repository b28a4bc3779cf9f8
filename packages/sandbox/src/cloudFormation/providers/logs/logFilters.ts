import { lowerKeys } from '../lattice/lowerKeys';
import { ResourceProvider, ResourceRequest } from '../ResourceProvider';

/** A filter of a log group: its operations put and delete it by the group's name and its own. */
function filterProvider(kind: 'MetricFilter' | 'SubscriptionFilter') {
  function put(request: ResourceRequest, filterName: string): Promise<unknown> {
    return request.call('logs', `Put${kind}`, {
      ...lowerKeys(request.properties),
      filterName,
    });
  }
  const provider: ResourceProvider = {
    type: `AWS::Logs::${kind}`,
    async create(request) {
      const { properties, generateName, exists } = request;
      const filterName =
        properties.FilterName ?? generateName({ maximumLength: 512 });
      await put(request, filterName);
      exists(filterName);
      return { physicalId: filterName };
    },
    async update(request) {
      await put(request, request.physicalId);
      return {};
    },
    async delete({ physicalId, properties, call }) {
      await call('logs', `Delete${kind}`, {
        logGroupName: properties.LogGroupName,
        filterName: physicalId,
      });
    },
  };
  return provider;
}

export const metricFilter = filterProvider('MetricFilter');
export const subscriptionFilter = filterProvider('SubscriptionFilter');
