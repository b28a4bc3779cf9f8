import {
  AssociatePrincipalWithPortfolioCommand,
  type Principal,
  paginateListPrincipalsForPortfolio,
} from '@aws-sdk/client-service-catalog';
import { PortfolioSettings } from '../settings/PublishSettings';
import { PublishContext } from './PublishContext';

/** Lets principals use a portfolio. An ARN without account is a pattern, for all accounts. */
export async function ensurePrincipals(
  { clients, changes }: PublishContext,
  { name, principals }: PortfolioSettings,
  portfolioId: string | undefined,
): Promise<void> {
  const { serviceCatalog } = clients;
  const associated: Principal[] = [];
  if (portfolioId) {
    for await (const { Principals = [] } of paginateListPrincipalsForPortfolio(
      { client: serviceCatalog },
      { PortfolioId: portfolioId },
    )) {
      associated.push(...Principals);
    }
  }
  for (const arn of principals) {
    if (!associated.some(({ PrincipalARN }) => PrincipalARN === arn)) {
      await changes.change(`let ${arn} use ${name}`, () =>
        serviceCatalog.send(
          new AssociatePrincipalWithPortfolioCommand({
            PortfolioId: portfolioId,
            PrincipalARN: arn,
            PrincipalType: arn.split(':')[4] === '' ? 'IAM_PATTERN' : 'IAM',
          }),
        ),
      );
    }
  }
  for (const { PrincipalARN = '' } of associated) {
    if (!principals.includes(PrincipalARN)) {
      changes.note(
        `${PrincipalARN} may use ${name}, though the settings don't name it; it is left as it is`,
      );
    }
  }
}
