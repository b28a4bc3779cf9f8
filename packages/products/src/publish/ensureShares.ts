import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreatePortfolioShareCommand,
  type DescribePortfolioShareType,
  DescribePortfolioShareStatusCommand,
  EnableAWSOrganizationsAccessCommand,
  GetAWSOrganizationsAccessStatusCommand,
  type OrganizationNode,
  type PortfolioShareDetail,
  UpdatePortfolioShareCommand,
  paginateDescribePortfolioShares,
} from '@aws-sdk/client-service-catalog';
import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import { InputError } from '@backstage/errors';
import { PortfolioSettings } from '../settings/PublishSettings';
import { PublishContext } from './PublishContext';

const POLL_MILLISECONDS = 2_000;

/** With whom a portfolio is shared, in the form of the requests. */
interface Recipient {
  label: string;
  id: string;
  type: DescribePortfolioShareType;
  target: { AccountId: string } | { OrganizationNode: OrganizationNode };
}

/**
 * Shares a portfolio. Parts of the organization get it with principals and TagOptions, and need not
 * accept it; accounts outside have to accept it, and to associate their own principals.
 */
export async function ensureShares(
  context: PublishContext,
  portfolio: PortfolioSettings,
  portfolioId: string | undefined,
): Promise<void> {
  const recipients = await recipientsOf(context, portfolio);
  if (recipients.some(({ type }) => type !== 'ACCOUNT')) {
    await ensureOrganizationAccess(context);
  }
  for (const recipient of recipients) {
    await ensureShare(context, { portfolio, portfolioId, recipient });
  }
}

async function recipientsOf(
  { clients }: PublishContext,
  { share }: PortfolioSettings,
): Promise<Recipient[]> {
  const recipients: Recipient[] = [];
  if (share.organization) {
    const { Organization } = await clients.organizations.send(
      new DescribeOrganizationCommand({}),
    );
    const id = Organization?.Id;
    if (!id) {
      throw new InputError('The account is not part of an organization');
    }
    recipients.push({
      label: `the organization ${id}`,
      id,
      type: 'ORGANIZATION',
      target: { OrganizationNode: { Type: 'ORGANIZATION', Value: id } },
    });
  }
  return [
    ...recipients,
    ...share.organizationalUnits.map(
      (id): Recipient => ({
        label: id,
        id,
        type: 'ORGANIZATIONAL_UNIT',
        target: {
          OrganizationNode: { Type: 'ORGANIZATIONAL_UNIT', Value: id },
        },
      }),
    ),
    ...share.accounts.map(
      (id): Recipient => ({
        label: `account ${id}`,
        id,
        type: 'ACCOUNT',
        target: { AccountId: id },
      }),
    ),
  ];
}

async function ensureOrganizationAccess({
  clients: { serviceCatalog },
  changes,
}: PublishContext): Promise<void> {
  const { AccessStatus } = await serviceCatalog.send(
    new GetAWSOrganizationsAccessStatusCommand({}),
  );
  if (AccessStatus !== 'ENABLED') {
    await changes.change(
      'let Service Catalog share through AWS Organizations',
      () => serviceCatalog.send(new EnableAWSOrganizationsAccessCommand({})),
    );
  }
}

async function ensureShare(
  context: PublishContext,
  options: {
    portfolio: PortfolioSettings;
    portfolioId: string | undefined;
    recipient: Recipient;
  },
): Promise<void> {
  const { clients, changes } = context;
  const { portfolio, portfolioId, recipient } = options;
  const { label, type, target } = recipient;
  const flags = {
    ShareTagOptions: Object.keys(portfolio.tagOptions).length > 0,
    SharePrincipals: type === 'ACCOUNT' ? undefined : true,
  };
  const existing =
    portfolioId && (await findShare(context, portfolioId, recipient));
  if (!existing) {
    await changes.change(`share ${portfolio.name} with ${label}`, async () => {
      const { PortfolioShareToken } = await clients.serviceCatalog.send(
        new CreatePortfolioShareCommand({
          PortfolioId: portfolioId,
          ...target,
          ...flags,
        }),
      );
      await shared(context, PortfolioShareToken);
    });
  } else if (
    (existing.ShareTagOptions ?? false) !== flags.ShareTagOptions ||
    (flags.SharePrincipals && !existing.SharePrincipals)
  ) {
    await changes.change(
      `change how ${portfolio.name} is shared with ${label}`,
      async () => {
        const { PortfolioShareToken } = await clients.serviceCatalog.send(
          new UpdatePortfolioShareCommand({
            PortfolioId: portfolioId,
            ...target,
            ...flags,
          }),
        );
        await shared(context, PortfolioShareToken);
      },
    );
  }
}

async function findShare(
  { clients }: PublishContext,
  portfolioId: string,
  { id, type }: Recipient,
): Promise<PortfolioShareDetail | undefined> {
  for await (const {
    PortfolioShareDetails = [],
  } of paginateDescribePortfolioShares(
    { client: clients.serviceCatalog },
    { PortfolioId: portfolioId, Type: type },
  )) {
    const found = PortfolioShareDetails.find(
      // An organization is told by its id, or by its ARN.
      ({ PrincipalId }) => PrincipalId?.split('/').at(-1) === id,
    );
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** Waits until a share through the organization has reached its accounts. */
async function shared(
  { clients, changes }: PublishContext,
  token: string | undefined,
): Promise<void> {
  while (token) {
    const { Status, ShareDetails } = await clients.serviceCatalog.send(
      new DescribePortfolioShareStatusCommand({ PortfolioShareToken: token }),
    );
    if (Status === 'COMPLETED') {
      return;
    }
    if (Status === 'COMPLETED_WITH_ERRORS' || Status === 'ERROR') {
      for (const {
        Accounts = [],
        Message,
        Error: code,
      } of ShareDetails?.ShareErrors ?? []) {
        changes.note(
          `the share did not reach ${Accounts.join(', ')}: ${Message ?? code}`,
        );
      }
      return;
    }
    await sleep(POLL_MILLISECONDS);
  }
}
