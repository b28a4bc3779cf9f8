import type { AccountEstate } from '@lattice-portal/plugin-lattice-common';

/**
 * Reads what one AWS account and region hold, with List, Get and Describe calls only.
 *
 * @public
 */
export interface EstateReader {
  /**
   * One consistent read. A part that can't be read is listed in `gaps`: under the name of the property of
   * `AccountEstate` where all of it is missing (`services`), else in words that hold the ARN it is about
   * (`tags of arn:…`).
   *
   * Two accounts may see the same thing: an association is told by both its accounts, and a network of
   * an account that the portal does not read by everyone it is shared with. `id` and `arn` are then the same.
   *
   * @throws when nothing at all could be read, for example as the role can't be assumed.
   */
  read(options: {
    accountId: string;
    region: string;
    signal?: AbortSignal;
  }): Promise<AccountEstate>;
}
