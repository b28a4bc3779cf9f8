import type { ServiceOperations } from '../../../operations/OperationHandler';
import { CatalogStore } from '../../CatalogStore';
import { invalidParameters, notFound } from '../errors';
import { pageOf } from './owned';
import { findPortfolio } from './portfolios';

const ARN = /^arn:aws[a-z-]*:iam::\d{12}:(role|user|group)\/.+$/;
/** Without account; wildcards stand for parts of the name. */
const PATTERN = /^arn:aws[a-z-]*:iam:::(role|user|group)\/[\w+=,.@*?/-]+$/;

/**
 * The operations on who may use a portfolio. An account associates principals with its own portfolios
 * and with those shared with it.
 */
export function principalOperations(store: CatalogStore): ServiceOperations {
  const { principals } = store;
  return {
    AssociatePrincipalWithPortfolio(input, context) {
      const { PrincipalARN: arn, PrincipalType: type } = input;
      const { accountId } = context;
      const portfolio = findPortfolio(store, input.PortfolioId, context);
      if (type !== 'IAM' && type !== 'IAM_PATTERN') {
        throw invalidParameters(`PrincipalType is IAM or IAM_PATTERN`);
      }
      if (!(type === 'IAM' ? ARN : PATTERN).test(arn)) {
        throw invalidParameters(
          type === 'IAM'
            ? `Invalid principal ARN: ${arn}`
            : `Invalid IAM_PATTERN ${arn}: an ARN of a role, user or group without account`,
        );
      }
      principals.put(`${accountId}/${portfolio.id}/${arn}`, {
        accountId,
        portfolioId: portfolio.id,
        arn,
        type,
      });
      return {};
    },

    DisassociatePrincipalFromPortfolio(input, context) {
      const portfolio = findPortfolio(store, input.PortfolioId, context);
      const { PrincipalARN: arn } = input;
      if (!principals.delete(`${context.accountId}/${portfolio.id}/${arn}`)) {
        throw notFound(
          `Principal ${arn} is not associated with portfolio ${portfolio.id}.`,
        );
      }
      return {};
    },

    ListPrincipalsForPortfolio(input, context) {
      const { accountId } = context;
      const portfolio = findPortfolio(store, input.PortfolioId, context);
      const seesOwners = store
        .sharesFor(portfolio, accountId)
        .some(({ sharePrincipals }) => sharePrincipals);
      const { page, NextPageToken } = pageOf(
        principals.filter(
          association =>
            association.portfolioId === portfolio.id &&
            (association.accountId === accountId ||
              (seesOwners &&
                association.accountId === portfolio.accountId &&
                association.type === 'IAM_PATTERN')),
        ),
        input,
      );
      return {
        Principals: page.map(({ arn, type }) => ({
          PrincipalARN: arn,
          PrincipalType: type,
        })),
        NextPageToken,
      };
    },
  };
}
