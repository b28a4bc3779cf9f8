import { describeFewRecords } from './contract/fewRecords/describeFewRecords';
import { describeGeneratedDay } from './contract/generatedDay/describeGeneratedDay';
import type { CreateTestStore } from './contract/TestStore';

/** What every implementation of the port has to do. */
export function describeAccessLogStore(options: {
  create: CreateTestStore;
  lines: number;
  /** How often properties are tried. */
  runs: number;
}): void {
  describeGeneratedDay(options);
  describeFewRecords(options);
}
