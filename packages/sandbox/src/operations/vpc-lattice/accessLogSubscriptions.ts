import type { AccessLogSubscription } from '../../estate/resources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { randomId } from '../randomId';
import {
  findDeliveryStream,
  streamDestination,
} from '../firehose/deliveryStreams';
import { checkOneOf, latticeArn, madeNow, page, updatedNow } from './common';
import { conflict, invalid } from './errors';
import { find, findNetworkOrService } from './find';
import { findConfiguration } from './resourceConfigurations';

export const accessLogSubscriptionOperations: ServiceOperations = {
  CreateAccessLogSubscription(input, context) {
    const { resourceIdentifier, tags = {} } = input;
    const { estate } = context;
    const resource = findLogged(context, resourceIdentifier);
    const isNetwork = resource.arn.includes(':servicenetwork/');
    checkOneOf('serviceNetworkLogType', input.serviceNetworkLogType, [
      'SERVICE',
      'RESOURCE',
    ]);
    if (input.serviceNetworkLogType && !isNetwork) {
      throw invalid(
        'serviceNetworkLogType',
        'Only subscriptions of a service network have a log type',
      );
    }
    const serviceNetworkLogType = isNetwork
      ? input.serviceNetworkLogType ?? 'SERVICE'
      : undefined;
    const destinationArn = checkDestination(context, input.destinationArn);
    const rival = estate.accessLogSubscriptions.find(
      subscription =>
        subscription.resourceArn === resource.arn &&
        (subscription.serviceNetworkLogType ?? 'SERVICE') ===
          (serviceNetworkLogType ?? 'SERVICE') &&
        kindOf(subscription.destinationArn) === kindOf(destinationArn),
    );
    if (rival) {
      throw conflict(
        'ACCESS_LOG_SUBSCRIPTION',
        rival.id,
        `${resource.id} already has a subscription with a destination of this kind`,
      );
    }
    const id = randomId('als');
    const arn = latticeArn(context, `accesslogsubscription/${id}`);
    return estate.accessLogSubscriptions.put(arn, {
      ...madeNow(context),
      arn,
      id,
      resourceArn: resource.arn,
      resourceId: resource.id,
      destinationArn,
      serviceNetworkLogType,
      tags,
    });
  },

  GetAccessLogSubscription(input, context) {
    return findSubscription(context, input);
  },

  ListAccessLogSubscriptions(input, context) {
    const resource = findLogged(context, input.resourceIdentifier);
    const subscriptions = context.estate.accessLogSubscriptions.filter(
      subscription => subscription.resourceArn === resource.arn,
    );
    return page(input, subscriptions, subscription => subscription);
  },

  UpdateAccessLogSubscription(input, context) {
    const subscription = findSubscription(context, input);
    return context.estate.accessLogSubscriptions.put(subscription.arn, {
      ...subscription,
      ...updatedNow(context),
      destinationArn: checkDestination(context, input.destinationArn),
    });
  },

  DeleteAccessLogSubscription(input, context) {
    const { arn } = findSubscription(context, input);
    context.estate.accessLogSubscriptions.delete(arn);
  },
};

/** What access logs are of: a service network, a service or a resource configuration. */
function findLogged(context: OperationContext, identifier: string) {
  return /(^|\/)rcfg-/.test(identifier)
    ? findConfiguration(context, identifier)
    : findNetworkOrService(context, identifier);
}

function findSubscription(
  context: OperationContext,
  input: { accessLogSubscriptionIdentifier: string },
): AccessLogSubscription {
  return find(
    context,
    'ACCESS_LOG_SUBSCRIPTION',
    context.estate.accessLogSubscriptions,
    input.accessLogSubscriptionIdentifier,
  );
}

/** One subscription per resource and kind of destination: log group, bucket or delivery stream. */
function kindOf(destinationArn: string): string {
  return destinationArn.split(':')[2];
}

/** Destinations that AWS knows but the sandbox does not write to are refused rather than ignored. */
function checkDestination(
  { estate }: OperationContext,
  destinationArn: string,
): string {
  switch (kindOf(destinationArn)) {
    case 'logs': {
      const arn = destinationArn.replace(/:\*$/, '');
      if (!estate.logGroups.has(arn)) {
        throw invalid('destinationArn', `Log group ${arn} does not exist`);
      }
      return `${arn}:*`;
    }
    case 's3': {
      const bucket = destinationArn.split(':::')[1]?.split('/')[0] ?? '';
      if (!estate.buckets.has(bucket)) {
        throw invalid('destinationArn', `Bucket ${bucket} does not exist`);
      }
      return destinationArn;
    }
    case 'firehose': {
      const stream = findDeliveryStream(estate, destinationArn);
      if (!stream) {
        throw invalid(
          'destinationArn',
          `Firehose ${destinationArn} does not exist`,
        );
      }
      if (!streamDestination(stream)) {
        throw invalid(
          'destinationArn',
          `The sandbox delivers by Firehose to S3 only, as JSON, with a prefix without expressions; not to ${destinationArn}`,
        );
      }
      return destinationArn;
    }
    default:
      throw invalid(
        'destinationArn',
        `The sandbox writes access logs to log groups, buckets and delivery streams, not to ${destinationArn}`,
      );
  }
}
