import {
  ProvisionProductCommand,
  TerminateProvisionedProductCommand,
} from '@aws-sdk/client-service-catalog';
import { ConflictError, InputError, toError } from '@backstage/errors';
import { describeStackEvent } from './describeStackEvents';
import { followRecord, type RecordResult } from './followRecord';
import type { ProductOffer } from './ProductOffer';
import type {
  ProvisioningClients,
  ProvisioningPlace,
} from './ProvisioningClients';
import { StackEventLog } from './StackEventLog';

/** What Service Catalog was asked to launch. */
export type LaunchedProduct = {
  recordId: string;
  provisionedProductId: string;
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
   * Asks for the product. Asking again with the same token gives the same record.
   *
   * @throws ConflictError when the account has a provisioned product of that name
   * @throws InputError when Service Catalog refuses the parameters
   */
  async launch(options: {
    offer: ProductOffer;
    provisionedProductName: string;
    values: Record<string, string>;
    token: string;
  }): Promise<LaunchedProduct> {
    const { offer, provisionedProductName, values, token } = options;
    try {
      const { RecordDetail: record } =
        await this.options.clients.serviceCatalog.send(
          new ProvisionProductCommand({
            ProductId: offer.productId,
            ProvisioningArtifactId: offer.artifactId,
            PathId: offer.pathId,
            ProvisionedProductName: provisionedProductName,
            ProvisioningParameters: Object.entries(values).map(
              ([Key, Value]) => ({ Key, Value }),
            ),
            ProvisionToken: token,
          }),
        );
      return {
        recordId: record?.RecordId ?? '',
        provisionedProductId: record?.ProvisionedProductId ?? '',
      };
    } catch (error) {
      throw explainRefusal(toError(error), {
        provisionedProductName,
        ...this.place,
      });
    }
  }

  /** The events of the stack Service Catalog makes for a provisioned product. */
  eventsOf(provisionedProductId: string): StackEventLog {
    return StackEventLog.create({
      cloudFormation: this.options.clients.cloudFormation,
      // https://docs.aws.amazon.com/servicecatalog/latest/userguide/enduser-viewstack.html
      stack: `SC-${this.place.accountId}-${provisionedProductId}`,
      onEvent: event => this.options.log(describeStackEvent(event)),
      onUnreadable: reason =>
        this.options.log(`The events of the stack can't be read: ${reason}`),
    });
  }

  /** Waits until a record is over. */
  async follow(options: {
    recordId: string;
    events: StackEventLog;
    onWait?: () => void;
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
  }): Promise<RecordResult | undefined> {
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
    return this.follow({
      recordId: record?.RecordId ?? '',
      events:
        options.events ?? this.eventsOf(record?.ProvisionedProductId ?? ''),
    });
  }

  get place(): ProvisioningPlace {
    return this.options.place;
  }
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
