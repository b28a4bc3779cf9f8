import type { ManagedPrefixList } from '../../estate/resources';
import type { ServiceOperations } from '../OperationHandler';
import { applyFilters, ec2Error, ec2Page, isOwn } from './common';

export const prefixListOperations: ServiceOperations = {
  DescribeManagedPrefixLists(input, context) {
    const own = context.estate.prefixLists.filter(isOwn(context));
    for (const id of input.PrefixListIds ?? []) {
      if (!own.some(list => list.id === id)) {
        throw notFound(id);
      }
    }
    const lists = applyFilters(
      input.Filters,
      own.filter(
        list => !input.PrefixListIds || input.PrefixListIds.includes(list.id),
      ) as (ManagedPrefixList & { tags?: undefined })[],
      filterValues,
    );
    const { items, NextToken } = ec2Page(input, lists, list => list.id);
    return { PrefixLists: items.map(describe), NextToken };
  },

  GetManagedPrefixListEntries(input, context) {
    const { PrefixListId } = input;
    const list = context.estate.prefixLists.find(
      candidate => isOwn(context)(candidate) && candidate.id === PrefixListId,
    );
    if (!list) {
      throw notFound(PrefixListId);
    }
    const { items, NextToken } = ec2Page(input, list.entries, entry => entry);
    return { Entries: items.map(Cidr => ({ Cidr })), NextToken };
  },
};

function notFound(id: string) {
  return ec2Error(
    'InvalidPrefixListID.NotFound',
    `The prefix list ID '${id}' does not exist`,
  );
}

function filterValues(
  list: ManagedPrefixList,
  name: string,
): string[] | undefined {
  return {
    'prefix-list-id': [list.id],
    'prefix-list-name': [list.name],
    'owner-id': ['AWS'],
  }[name];
}

function describe(list: ManagedPrefixList) {
  return {
    PrefixListId: list.id,
    PrefixListName: list.name,
    PrefixListArn: list.arn,
    AddressFamily: list.addressFamily,
    State: 'create-complete',
    OwnerId: 'AWS',
    MaxEntries: list.entries.length,
    Version: 1,
  };
}
