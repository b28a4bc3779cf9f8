import { StackEngine, cloudFormationOperations } from '../../cloudFormation';
import { ControlPlane } from '../../ControlPlane';
import {
  defaultEstateFile,
  loadEstate,
  readEstateFile,
} from '../../defaultEstate';
import { Estate } from '../../estate/Estate';
import { LogStore } from '../../logs/LogStore';
import { ObjectStore } from '../../objects/ObjectStore';
import type { ServiceOperations } from '../../operations/OperationHandler';
import { logOperations } from '../../operations/logs/logOperations';
import { s3Operations } from '../../operations/s3/s3Operations';
import { ServiceCatalog } from '../ServiceCatalog';
import { serviceCatalogOperations } from '../serviceCatalogOperations';

/** The account that owns portfolios, and manages the organization. */
export const ownerAccount = '001122334455';
export const memberAccount = '223344556677';

const BUCKET = 'test-templates';

/** Service Catalog over the default estate, without the wire. */
export async function createTestCatalog(options: { estate?: Estate } = {}) {
  const estate = options.estate ?? new Estate();
  if (!options.estate) {
    loadEstate({
      file: await readEstateFile(defaultEstateFile),
      estate,
      now: Date.now(),
    });
  }
  const services: Record<string, ServiceOperations> = {
    logs: logOperations({ logs: await LogStore.open({}) }),
    s3: s3Operations({ objects: await ObjectStore.open({}) }),
  };
  const principals = new Set<string>();
  const controlPlane = new ControlPlane({
    estate,
    services,
    authorize: ({ service, caller }) => {
      if (service === 'logs') {
        principals.add(caller.principalArn);
      }
    },
    now: Date.now,
  });
  const delay = { milliseconds: 0 };
  const call = (service: string, operation: string, input: any, caller: any) =>
    controlPlane.call({ service, operation, input, caller });
  const engine = StackEngine.create({
    estate,
    call,
    resourceDelay: () => delay.milliseconds,
  });
  const catalog = ServiceCatalog.create({ estate, engine, call });
  services.cloudformation = cloudFormationOperations({ engine });
  services.servicecatalog = serviceCatalogOperations({ catalog });

  const callerOf = (account: string, role?: string) => ({
    accountId: account,
    region: 'us-east-1',
    principalArn: role
      ? `arn:aws:sts::${account}:assumed-role/${role}/test`
      : `arn:aws:iam::${account}:root`,
  });
  /** Asks as the root of an account, or as a role of it. */
  const ask = (
    operation: string,
    input: any,
    account = memberAccount,
    role?: string,
  ) => call('servicecatalog', operation, input, callerOf(account, role));

  /** Puts a template into S3, and gives what `Info` of a version is. */
  async function upload(template: string) {
    const owner = callerOf(ownerAccount);
    if (!estate.buckets.has(BUCKET)) {
      await call('s3', 'CreateBucket', { Bucket: BUCKET }, owner);
    }
    const Key = `${Math.random()}.yaml`;
    await call(
      's3',
      'PutObject',
      { Bucket: BUCKET, Key, Body: template },
      owner,
    );
    return {
      LoadTemplateFromURL: `https://${BUCKET}.s3.us-east-1.amazonaws.com/${Key}`,
    };
  }

  /** Offers a template to the whole organization, launched as the role `launch` of each account. */
  async function offer(name: string, template: string) {
    for (const { id } of estate.accounts.values()) {
      const arn = `arn:aws:iam::${id}:role/launch`;
      estate.roles.put(arn, {
        arn,
        accountId: id,
        name: 'launch',
        path: '/',
        id: 'AROALAUNCH',
        trustPolicy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'servicecatalog.amazonaws.com' },
              Action: 'sts:AssumeRole',
            },
          ],
        },
        inlinePolicies: {},
        attachedPolicyArns: [],
        tags: {},
        createdAt: new Date().toISOString(),
      });
    }
    const own = (operation: string, input: any) =>
      ask(operation, input, ownerAccount);
    const { PortfolioDetail } = await own('CreatePortfolio', {
      DisplayName: 'Everything',
      ProviderName: 'Platform',
    });
    const { ProductViewDetail, ProvisioningArtifactDetail } = await own(
      'CreateProduct',
      {
        Name: name,
        Owner: 'Platform',
        ProductType: 'CLOUD_FORMATION_TEMPLATE',
        ProvisioningArtifactParameters: {
          Name: 'v1',
          Info: await upload(template),
        },
      },
    );
    const PortfolioId: string = PortfolioDetail.Id;
    const ProductId: string = ProductViewDetail.ProductViewSummary.ProductId;
    await own('AssociateProductWithPortfolio', { PortfolioId, ProductId });
    const { ConstraintDetail } = await own('CreateConstraint', {
      PortfolioId,
      ProductId,
      Type: 'LAUNCH',
      Parameters: JSON.stringify({ LocalRoleName: 'launch' }),
    });
    await own('EnableAWSOrganizationsAccess', {});
    await own('CreatePortfolioShare', {
      PortfolioId,
      OrganizationNode: { Type: 'ORGANIZATION', Value: 'o-lattice01' },
    });
    return {
      PortfolioId,
      ProductId,
      ArtifactId: ProvisioningArtifactDetail.Id as string,
      ConstraintId: ConstraintDetail.ConstraintId as string,
    };
  }

  /** Publishes another version. */
  async function publish(ProductId: string, Name: string, template: string) {
    const { ProvisioningArtifactDetail } = await ask(
      'CreateProvisioningArtifact',
      { ProductId, Parameters: { Name, Info: await upload(template) } },
      ownerAccount,
    );
    return ProvisioningArtifactDetail.Id as string;
  }

  return {
    estate,
    services,
    engine,
    catalog,
    principals,
    delay,
    ask,
    call,
    callerOf,
    upload,
    offer,
    publish,
  };
}
