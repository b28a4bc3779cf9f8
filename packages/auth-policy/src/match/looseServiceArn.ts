import { BoundedMap } from '../BoundedMap';

const KNOWN = BoundedMap.create<string, string>(1000);

/**
 * The ARN of a service in lower case. The same ARN gives the same string in memory, which
 * makes comparing it cheap.
 */
export function looseServiceArn(arn: string): string {
  const known = KNOWN.get(arn);
  if (known !== undefined) {
    return known;
  }
  const lower = arn.toLowerCase();
  const loose = KNOWN.get(lower) ?? lower;
  KNOWN.set(lower, loose);
  KNOWN.set(arn, loose);
  return loose;
}
