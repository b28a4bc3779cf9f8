import { CancelUpdateStackCommand } from '@aws-sdk/client-cloudformation';
import {
  ExecuteProvisionedProductPlanCommand,
  ProvisionProductCommand,
  type RecordDetail,
  TerminateProvisionedProductCommand,
  UpdateProvisionedProductCommand,
} from '@aws-sdk/client-service-catalog';
import { DeleteBucketCommand } from '@aws-sdk/client-s3';
import { ConflictError, InputError, toError } from '@backstage/errors';
import { describeStackEvent } from './describeStackEvents';
import { followRecord, type RecordResult } from './followRecord';
import type { OfferedVersion } from './ProductOffer';
import { type ProductOrigin, tagsOf } from './productTags';
import type {
  ProvisioningClients,
  ProvisioningPlace,
} from './ProvisioningClients';
import { StackEventLog } from './StackEventLog';
import { stackNameOf } from './stackNameOf';

/** A product to launch or to change, with all that AWS has to know. */
export interface LaunchOrder {
  offer: OfferedVersion;
  provisionedProductName: string;
  values: Record<string, string>;
  token: string;
}

/** What Service Catalog was asked to launch or to change. */
export type LaunchedProduct = {
  recordId: string;
  provisionedProductId: string;
  /** ISO 8601, by AWS's clock. Absent: not told. */
  startedAt?: string;
};

/** Launches, watches and removes products in one account and region. */
export class ProductProvisioner {
  static create(options: {
    clients: ProvisioningClients;
    place: ProvisioningPlace;
    pollIntervalSeconds: number;
    /** Gets a line for every event of the stack. */
    log: (line: string) => void;
  }): ProductProvisioner {
    return new ProductProvisioner(options);
  }

  private constructor(
    private readonly options: Parameters<typeof ProductProvisioner.create>[0],
  ) {}

  /**
   * Asks for a new product. Asking again with the same token gives the same record.
   *
   * @throws ConflictError when the account has a provisioned product of that name
   * @throws InputError when Service Catalog refuses the parameters
   */
  async launch(
    order: LaunchOrder & { origin: ProductOrigin },
  ): Promise<LaunchedProduct> {
    const { offer, provisionedProductName, token } = order;
    return this.order(order, () =>
      this.options.clients.serviceCatalog.send(
        new ProvisionProductCommand({
          ProductId: offer.productId,
          ProvisioningArtifactId: offer.artifactId,
          PathId: offer.pathId,
          ProvisionedProductName: provisionedProductName,
          ProvisioningParameters: parametersOf(order),
          Tags: tagsOf(order.origin),
          ProvisionToken: token,
        }),
      ),
    );
  }

  /**
   * Asks for a change of a product that is there. Asking again with the same token gives the same record.
   *
   * @throws InputError when Service Catalog refuses the parameters
   */
  async update(
    order: LaunchOrder & { provisionedProductId: string },
  ): Promise<LaunchedProduct> {
    const { offer, provisionedProductId, token } = order;
    return this.order(order, () =>
      this.options.clients.serviceCatalog.send(
        new UpdateProvisionedProductCommand({
          ProvisionedProductId: provisionedProductId,
          ProductId: offer.productId,
          ProvisioningArtifactId: offer.artifactId,
          PathId: offer.pathId,
          ProvisioningParameters: parametersOf(order),
          UpdateToken: token,
        }),
      ),
    );
  }

  /** Does what was planned. Asking again with the same token gives the same record. */
  async executePlan(
    order: LaunchOrder & { planId: string },
  ): Promise<LaunchedProduct> {
    return this.order(order, () =>
      this.options.clients.serviceCatalog.send(
        new ExecuteProvisionedProductPlanCommand({
          PlanId: order.planId,
          IdempotencyToken: order.token,
        }),
      ),
    );
  }

  /** Asks CloudFormation to stop changing a stack and to roll it back. */
  async cancelUpdate(stackArn: string): Promise<void> {
    await this.options.clients.cloudFormation.send(
      new CancelUpdateStackCommand({ StackName: stackArn }),
    );
  }

  /** The events of the stack Service Catalog makes for a provisioned product. */
  eventsOf(provisionedProductId: string, since?: string): StackEventLog {
    return StackEventLog.create({
      cloudFormation: this.options.clients.cloudFormation,
      since: since === undefined ? undefined : new Date(since),
      stack: stackNameOf(this.place, provisionedProductId),
      onEvent: event => this.options.log(describeStackEvent(event)),
      onUnreadable: reason =>
        this.options.log(`The events of the stack can't be read: ${reason}`),
    });
  }

  /** Waits until a record is over. */
  async follow(options: {
    recordId: string;
    events: StackEventLog;
    onWait?: () => void | Promise<void>;
  }): Promise<RecordResult> {
    return followRecord({
      serviceCatalog: this.options.clients.serviceCatalog,
      pollIntervalSeconds: this.options.pollIntervalSeconds,
      ...options,
    });
  }

  /**
   * Removes a provisioned product and everything its stack made.
   *
   * @returns undefined when there is no such product (any more)
   */
  async remove(options: {
    product: { id: string } | { name: string };
    token: string;
    events?: StackEventLog;
  }): Promise<(RecordResult & { events: StackEventLog }) | undefined> {
    const { product, token } = options;
    const which =
      'id' in product
        ? { ProvisionedProductId: product.id }
        : { ProvisionedProductName: product.name };
    let record;
    try {
      ({ RecordDetail: record } =
        await this.options.clients.serviceCatalog.send(
          new TerminateProvisionedProductCommand({
            ...which,
            TerminateToken: token,
          }),
        ));
    } catch (error) {
      if (toError(error).name === 'ResourceNotFoundException') {
        return undefined;
      }
      throw error;
    }
    const events =
      options.events ??
      this.eventsOf(
        record?.ProvisionedProductId ?? '',
        record?.CreatedTime?.toISOString(),
      );
    const recordId = record?.RecordId ?? '';
    return { ...(await this.follow({ recordId, events })), events };
  }

  /**
   * Removes a bucket that holds nothing.
   *
   * @throws `BucketNotEmpty` of Amazon S3 if it holds something: then it stays
   */
  async removeEmptyBucket(name: string): Promise<void> {
    await this.options.clients.s3.send(
      new DeleteBucketCommand({ Bucket: name }),
    );
  }

  private async order(
    { provisionedProductName }: LaunchOrder,
    send: () => Promise<{ RecordDetail?: RecordDetail }>,
  ): Promise<LaunchedProduct> {
    try {
      const { RecordDetail: record } = await send();
      return {
        recordId: record?.RecordId ?? '',
        provisionedProductId: record?.ProvisionedProductId ?? '',
        ...(record?.CreatedTime && {
          startedAt: record.CreatedTime.toISOString(),
        }),
      };
    } catch (error) {
      throw explainRefusal(toError(error), {
        provisionedProductName,
        ...this.place,
      });
    }
  }

  get place(): ProvisioningPlace {
    return this.options.place;
  }
}

function parametersOf({ values }: LaunchOrder) {
  return Object.entries(values).map(([Key, Value]) => ({ Key, Value }));
}

function explainRefusal(
  error: Error,
  where: { provisionedProductName: string } & ProvisioningPlace,
): Error {
  if (error.name === 'DuplicateResourceException') {
    return new ConflictError(
      `Account ${where.accountId} has a provisioned product '${where.provisionedProductName}' already. Choose another name.`,
      error,
    );
  }
  if (error.name === 'InvalidParametersException') {
    return new InputError(`Service Catalog refused: ${error.message}`, error);
  }
  return error;
}
