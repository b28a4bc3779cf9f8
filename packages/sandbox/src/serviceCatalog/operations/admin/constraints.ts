import type { ServiceOperations } from '../../../operations/OperationHandler';
import { CatalogStore } from '../../CatalogStore';
import { Constraint, ConstraintRule } from '../../catalog';
import { newId } from '../../catalogIds';
import { duplicate, invalidParameters, notFound } from '../errors';
import { findOwn, pageOf } from './owned';
import { findPortfolio } from './portfolios';

/** The JSON of `Parameters`, by type of the constraint. */
function ruleFrom(type: string, text: string): ConstraintRule {
  let parameters: any;
  try {
    parameters = JSON.parse(text);
  } catch {
    throw invalidParameters('Parameters of a constraint are JSON');
  }
  if (type === 'LAUNCH') {
    const { RoleArn: roleArn, LocalRoleName: localRoleName } = parameters;
    if ((roleArn === undefined) === (localRoleName === undefined)) {
      throw invalidParameters(
        'A launch constraint needs either RoleArn or LocalRoleName',
      );
    }
    return { type, roleArn, localRoleName };
  }
  if (type === 'RESOURCE_UPDATE') {
    const { TagUpdateOnProvisionedProduct: value } =
      parameters.Properties ?? {};
    if (value !== 'ALLOWED' && value !== 'NOT_ALLOWED') {
      throw invalidParameters(
        'TagUpdateOnProvisionedProduct is ALLOWED or NOT_ALLOWED',
      );
    }
    return { type, allowsTagUpdates: value === 'ALLOWED' };
  }
  throw invalidParameters(
    `The sandbox has no constraints of the type ${type}, only LAUNCH and RESOURCE_UPDATE`,
  );
}

function parametersOf(rule: ConstraintRule): string {
  return JSON.stringify(
    rule.type === 'LAUNCH'
      ? { RoleArn: rule.roleArn, LocalRoleName: rule.localRoleName }
      : {
          Version: '2.0',
          Properties: {
            TagUpdateOnProvisionedProduct: rule.allowsTagUpdates
              ? 'ALLOWED'
              : 'NOT_ALLOWED',
          },
        },
  );
}

function describe(rule: ConstraintRule): string {
  if (rule.type === 'LAUNCH') {
    return `Launched as the role ${rule.localRoleName ?? rule.roleArn}`;
  }
  return rule.allowsTagUpdates
    ? 'Tags may change with an update'
    : 'Tags do not change with an update';
}

function constraintDetail(constraint: Constraint) {
  return {
    ConstraintId: constraint.id,
    Type: constraint.rule.type,
    Description: constraint.description,
    Owner: constraint.accountId,
    ProductId: constraint.productId,
    PortfolioId: constraint.portfolioId,
  };
}

function answer(constraint: Constraint) {
  return {
    ConstraintDetail: constraintDetail(constraint),
    ConstraintParameters: parametersOf(constraint.rule),
    Status: 'AVAILABLE',
  };
}

/** The operations on constraints: as what role products are launched, and whether tags may change. */
export function constraintOperations(store: CatalogStore): ServiceOperations {
  const { constraints } = store;

  function find(id: string, accountId: string): Constraint {
    const constraint = constraints.get(id);
    if (constraint?.accountId !== accountId) {
      throw notFound(`Constraint ${id} not found.`);
    }
    return constraint;
  }

  return {
    CreateConstraint(input, context) {
      const { PortfolioId, ProductId, IdempotencyToken: token } = input;
      const { accountId } = context;
      const { productIds } = findOwn(
        store.portfolios,
        PortfolioId,
        context,
        'Portfolio',
      );
      if (!productIds.includes(ProductId)) {
        throw notFound(
          `Product ${ProductId} is not in portfolio ${PortfolioId}.`,
        );
      }
      const ofProduct = constraints.filter(
        constraint =>
          constraint.portfolioId === PortfolioId &&
          constraint.productId === ProductId,
      );
      const same = ofProduct.find(constraint => constraint.token === token);
      if (same) {
        return answer(same);
      }
      const rule = ruleFrom(input.Type, input.Parameters);
      if (ofProduct.some(constraint => constraint.rule.type === rule.type)) {
        throw duplicate(
          `Product ${ProductId} has a ${rule.type} constraint in portfolio ${PortfolioId} already.`,
        );
      }
      const id = newId('cons');
      return answer(
        constraints.put(id, {
          id,
          accountId,
          portfolioId: PortfolioId,
          productId: ProductId,
          description: input.Description ?? describe(rule),
          rule,
          token,
          createdAt: new Date(context.now()).toISOString(),
        }),
      );
    },

    UpdateConstraint({ Id, Description, Parameters }, { accountId }) {
      const constraint = find(Id, accountId);
      return answer(
        constraints.put(constraint.id, {
          ...constraint,
          description: Description ?? constraint.description,
          rule: Parameters
            ? ruleFrom(constraint.rule.type, Parameters)
            : constraint.rule,
        }),
      );
    },

    DeleteConstraint({ Id }, { accountId }) {
      constraints.delete(find(Id, accountId).id);
      return {};
    },

    DescribeConstraint({ Id }, { accountId }) {
      return answer(find(Id, accountId));
    },

    ListConstraintsForPortfolio(input, context) {
      const portfolio = findPortfolio(store, input.PortfolioId, context);
      const { page, NextPageToken } = pageOf(
        constraints.filter(
          ({ portfolioId, productId }) =>
            portfolioId === portfolio.id &&
            (!input.ProductId || productId === input.ProductId),
        ),
        input,
      );
      return { ConstraintDetails: page.map(constraintDetail), NextPageToken };
    },
  };
}
