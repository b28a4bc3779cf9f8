import { randomUUID } from 'node:crypto';
import type {
  OperationContext,
  ServiceOperations,
} from '../../../operations/OperationHandler';
import { CatalogStore } from '../../CatalogStore';
import { Portfolio, PortfolioShare } from '../../catalog';
import { portfolioDetail } from '../describe';
import { invalidParameters, notFound, notSupported } from '../errors';
import { findOwn, pageOf } from './owned';

/** The types of shares by what `ListAcceptedPortfolioShares` calls them. */
const SHARE_TYPES: Record<string, PortfolioShare['type'][]> = {
  AWS_ORGANIZATIONS: [
    'ORGANIZATION',
    'ORGANIZATIONAL_UNIT',
    'ORGANIZATION_MEMBER_ACCOUNT',
  ],
  IMPORTED: ['ACCOUNT'],
};

function keyOf(
  share: Pick<PortfolioShare, 'portfolioId' | 'type' | 'principalId'>,
): string {
  return `${share.portfolioId}/${share.type}/${share.principalId}`;
}

/** The operations by which portfolios are shared with accounts and with the organization. */
export function shareOperations(store: CatalogStore): ServiceOperations {
  const { shares, organizationAccess, estate } = store;

  function organization(context: OperationContext) {
    const found = estate.organization.get('organization');
    if (!found || !estate.accounts.has(context.accountId)) {
      throw notSupported('The account is not part of an organization.');
    }
    return found;
  }

  function checkManagement(context: OperationContext): void {
    const { managementAccountId } = organization(context);
    if (context.accountId !== managementAccountId) {
      throw notSupported(
        'Only the management account of the organization can do that.',
      );
    }
  }

  /** With whom an input shares. */
  function target(input: any, context: OperationContext) {
    const { AccountId, OrganizationNode: node } = input;
    if ((AccountId === undefined) === (node === undefined)) {
      throw invalidParameters('Give either AccountId or OrganizationNode');
    }
    if (!node) {
      if (!/^\d{12}$/.test(AccountId) || AccountId === context.accountId) {
        throw invalidParameters(
          `A portfolio can't be shared with account ${AccountId}`,
        );
      }
      return { type: 'ACCOUNT' as const, principalId: AccountId };
    }
    checkManagement(context);
    if (!organizationAccess.has('organization')) {
      throw notSupported(
        'AWS Organizations access is not enabled: EnableAWSOrganizationsAccess comes first.',
      );
    }
    if (node.Type === 'ACCOUNT' && estate.accounts.has(node.Value)) {
      return {
        type: 'ORGANIZATION_MEMBER_ACCOUNT' as const,
        principalId: node.Value,
      };
    }
    if (
      (node.Type === 'ORGANIZATION' &&
        node.Value === organization(context).id) ||
      (node.Type === 'ORGANIZATIONAL_UNIT' &&
        estate.organizationalUnits.has(node.Value))
    ) {
      return {
        type: node.Type as 'ORGANIZATION' | 'ORGANIZATIONAL_UNIT',
        principalId: node.Value as string,
      };
    }
    throw notFound(`The organization has no ${node.Type} ${node.Value}.`);
  }

  /** The accounts a share reaches. */
  function reached({ portfolioId, type, principalId }: PortfolioShare) {
    const portfolio = store.portfolios.get(portfolioId)!;
    return estate.accounts
      .values()
      .map(({ id }) => id)
      .filter(
        id =>
          id !== portfolio.accountId &&
          store
            .sharesFor(portfolio, id)
            .some(
              share => share.type === type && share.principalId === principalId,
            ),
      );
  }

  function find(portfolio: Portfolio, input: any, context: OperationContext) {
    const share = shares.get(
      keyOf({ portfolioId: portfolio.id, ...target(input, context) }),
    );
    if (!share) {
      throw notFound(`Portfolio ${portfolio.id} is not shared so.`);
    }
    return share;
  }

  function own(input: any, context: OperationContext): Portfolio {
    return findOwn(store.portfolios, input.PortfolioId, context, 'Portfolio');
  }

  /** Principals are shared within an organization only. */
  function checkPrincipalSharing(type: string, sharePrincipals: boolean) {
    if (sharePrincipals && type === 'ACCOUNT') {
      throw invalidParameters(
        'SharePrincipals is for shares with an organization, or a part of it',
      );
    }
  }

  return {
    EnableAWSOrganizationsAccess(_input, context) {
      checkManagement(context);
      organizationAccess.put('organization', {
        enabledAt: new Date(context.now()).toISOString(),
      });
      return {};
    },

    DisableAWSOrganizationsAccess(_input, context) {
      checkManagement(context);
      organizationAccess.delete('organization');
      return {};
    },

    GetAWSOrganizationsAccessStatus(_input, context) {
      organization(context);
      return {
        AccessStatus: organizationAccess.has('organization')
          ? 'ENABLED'
          : 'DISABLED',
      };
    },

    CreatePortfolioShare(input, context) {
      const portfolio = own(input, context);
      const { type, principalId } = target(input, context);
      const sharePrincipals = input.SharePrincipals ?? false;
      checkPrincipalSharing(type, sharePrincipals);
      const key = keyOf({ portfolioId: portfolio.id, type, principalId });
      const { token } =
        shares.get(key) ??
        shares.put(key, {
          portfolioId: portfolio.id,
          type,
          principalId,
          isAccepted: type !== 'ACCOUNT',
          shareTagOptions: input.ShareTagOptions ?? false,
          sharePrincipals,
          token: `share-${randomUUID()}`,
        });
      return type === 'ACCOUNT' ? {} : { PortfolioShareToken: token };
    },

    UpdatePortfolioShare(input, context) {
      const share = find(own(input, context), input, context);
      const sharePrincipals = input.SharePrincipals ?? share.sharePrincipals;
      checkPrincipalSharing(share.type, sharePrincipals);
      const { token } = shares.put(keyOf(share), {
        ...share,
        shareTagOptions: input.ShareTagOptions ?? share.shareTagOptions,
        sharePrincipals,
      });
      return { PortfolioShareToken: token, Status: 'COMPLETED' };
    },

    DeletePortfolioShare(input, context) {
      const share = find(own(input, context), input, context);
      shares.delete(keyOf(share));
      return share.type === 'ACCOUNT'
        ? {}
        : { PortfolioShareToken: share.token };
    },

    DescribePortfolioShareStatus({ PortfolioShareToken: token }) {
      const share = shares.find(candidate => candidate.token === token);
      if (!share) {
        throw notFound(`Portfolio share ${token} not found.`);
      }
      return {
        PortfolioShareToken: token,
        PortfolioId: share.portfolioId,
        OrganizationNodeValue: share.principalId,
        // Sharing takes effect at once here.
        Status: 'COMPLETED',
        ShareDetails: {
          SuccessfulShares: reached(share),
          ShareErrors: [],
        },
      };
    },

    DescribePortfolioShares(input, context) {
      const portfolio = own(input, context);
      const { page, NextPageToken } = pageOf(
        shares.filter(
          ({ portfolioId, type }) =>
            portfolioId === portfolio.id && type === input.Type,
        ),
        input,
      );
      return {
        PortfolioShareDetails: page.map(share => ({
          PrincipalId: share.principalId,
          Type: share.type,
          Accepted: share.isAccepted,
          ShareTagOptions: share.shareTagOptions,
          SharePrincipals: share.sharePrincipals,
        })),
        NextPageToken,
      };
    },

    ListPortfolioAccess(input, context) {
      const portfolio = own(input, context);
      const accounts = shares
        .filter(({ portfolioId }) => portfolioId === portfolio.id)
        .flatMap(share =>
          share.type === 'ACCOUNT' ? [share.principalId] : reached(share),
        );
      const { page, NextPageToken } = pageOf([...new Set(accounts)], input);
      return { AccountIds: page, NextPageToken };
    },

    AcceptPortfolioShare({ PortfolioId }, { accountId }) {
      const key = keyOf({
        portfolioId: PortfolioId,
        type: 'ACCOUNT',
        principalId: accountId,
      });
      if (!shares.has(key)) {
        throw notFound(
          `Portfolio ${PortfolioId} is not shared with account ${accountId}.`,
        );
      }
      shares.update(key, share => ({ ...share, isAccepted: true }));
      return {};
    },

    RejectPortfolioShare({ PortfolioId }, { accountId }) {
      const key = keyOf({
        portfolioId: PortfolioId,
        type: 'ACCOUNT',
        principalId: accountId,
      });
      if (!shares.has(key)) {
        throw notFound(
          `Portfolio ${PortfolioId} is not shared with account ${accountId}.`,
        );
      }
      shares.update(key, share => ({ ...share, isAccepted: false }));
      return {};
    },

    ListAcceptedPortfolioShares(input, context) {
      const { PortfolioShareType: wanted = 'IMPORTED' } = input;
      const { accountId, region } = context;
      const types = SHARE_TYPES[wanted] ?? [];
      const { page, NextPageToken } = pageOf(
        store.portfolios.filter(
          portfolio =>
            portfolio.region === region &&
            portfolio.accountId !== accountId &&
            store
              .sharesFor(portfolio, accountId)
              .some(
                ({ type, isAccepted }) => isAccepted && types.includes(type),
              ),
        ),
        input,
      );
      return { PortfolioDetails: page.map(portfolioDetail), NextPageToken };
    },
  };
}
