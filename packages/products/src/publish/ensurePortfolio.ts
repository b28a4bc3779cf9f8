import {
  CreatePortfolioCommand,
  type PortfolioDetail,
  UpdatePortfolioCommand,
  paginateListPortfolios,
} from '@aws-sdk/client-service-catalog';
import { PublishContext } from './PublishContext';
import { PortfolioSettings } from '../settings/PublishSettings';

/**
 * Makes a portfolio, or brings its texts up to date.
 *
 * @returns its id; `undefined` when a dry run would make it.
 */
export async function ensurePortfolio(
  { clients, settings, changes }: PublishContext,
  { name, description }: PortfolioSettings,
): Promise<string | undefined> {
  const { serviceCatalog } = clients;
  const portfolio = await findPortfolio(clients.serviceCatalog, name);
  const wanted = {
    DisplayName: name,
    Description: description,
    ProviderName: settings.provider,
  };
  if (!portfolio?.Id) {
    const created = await changes.change(`create portfolio ${name}`, () =>
      serviceCatalog.send(new CreatePortfolioCommand(wanted)),
    );
    return created?.PortfolioDetail?.Id;
  }
  const { Id } = portfolio;
  if (
    (portfolio.Description ?? '') !== description ||
    portfolio.ProviderName !== settings.provider
  ) {
    await changes.change(`update portfolio ${name}`, () =>
      serviceCatalog.send(new UpdatePortfolioCommand({ Id, ...wanted })),
    );
  }
  return Id;
}

async function findPortfolio(
  client: PublishContext['clients']['serviceCatalog'],
  name: string,
): Promise<PortfolioDetail | undefined> {
  for await (const { PortfolioDetails = [] } of paginateListPortfolios(
    { client },
    {},
  )) {
    const found = PortfolioDetails.find(
      ({ DisplayName }) => DisplayName === name,
    );
    if (found) {
      return found;
    }
  }
  return undefined;
}
