import {
  AssociateTagOptionWithResourceCommand,
  CreateTagOptionCommand,
  DescribePortfolioCommand,
  type TagOptionDetail,
  UpdateTagOptionCommand,
  paginateListTagOptions,
} from '@aws-sdk/client-service-catalog';
import { PortfolioSettings } from '../settings/PublishSettings';
import { PublishContext } from './PublishContext';

/** Makes the TagOptions of a portfolio and associates them with it. */
export async function ensureTagOptions(
  context: PublishContext,
  { name, tagOptions }: PortfolioSettings,
  portfolioId: string | undefined,
): Promise<void> {
  const { clients, changes } = context;
  const { serviceCatalog } = clients;
  const wanted = Object.entries(tagOptions).flatMap(([Key, values]) =>
    values.map(Value => ({ Key, Value })),
  );
  const { TagOptions: associated = [] } = portfolioId
    ? await serviceCatalog.send(
        new DescribePortfolioCommand({ Id: portfolioId }),
      )
    : {};
  for (const { Key, Value } of wanted) {
    const id = await ensureTagOption(context, { Key, Value });
    if (!associated.some(option => id && option.Id === id)) {
      await changes.change(
        `put TagOption ${Key}=${Value} on portfolio ${name}`,
        () =>
          serviceCatalog.send(
            new AssociateTagOptionWithResourceCommand({
              ResourceId: portfolioId,
              TagOptionId: id,
            }),
          ),
      );
    }
  }
  for (const { Key, Value } of associated) {
    if (!wanted.some(option => option.Key === Key && option.Value === Value)) {
      changes.note(
        `portfolio ${name} has the TagOption ${Key}=${Value}, which the settings don't name; it is left as it is`,
      );
    }
  }
}

async function ensureTagOption(
  { clients: { serviceCatalog }, changes }: PublishContext,
  { Key, Value }: { Key: string; Value: string },
): Promise<string | undefined> {
  const options: TagOptionDetail[] = [];
  for await (const { TagOptionDetails = [] } of paginateListTagOptions(
    { client: serviceCatalog },
    { Filters: { Key, Value } },
  )) {
    options.push(...TagOptionDetails);
  }
  const [existing] = options;
  if (!existing) {
    const created = await changes.change(
      `create TagOption ${Key}=${Value}`,
      () => serviceCatalog.send(new CreateTagOptionCommand({ Key, Value })),
    );
    return created?.TagOptionDetail?.Id;
  }
  if (!existing.Active) {
    await changes.change(`activate TagOption ${Key}=${Value}`, () =>
      serviceCatalog.send(
        new UpdateTagOptionCommand({ Id: existing.Id, Active: true }),
      ),
    );
  }
  return existing.Id;
}
