import {
  paginateListTargetGroups,
  paginateListTargets,
  type TargetGroupSummary,
} from '@aws-sdk/client-vpc-lattice';
import type { TargetGroup } from '@lattice-portal/plugin-lattice-common';
import { allItems, type EstateReading } from '../EstateReading';
import { readTags } from './readAuthPolicy';

const types = ['LAMBDA', 'ALB', 'IP', 'INSTANCE'] as const;

/** The account's target groups with their targets and how healthy these are. */
export async function readTargetGroups(
  reading: EstateReading,
): Promise<TargetGroup[] | undefined> {
  const summaries = await reading.attempt('targetGroups', () =>
    allItems(
      paginateListTargetGroups(
        { client: reading.lattice },
        {},
        reading.callOptions,
      ),
      page => page.items,
    ),
  );
  return (
    summaries &&
    Promise.all(summaries.map(summary => readTargetGroup(reading, summary)))
  );
}

async function readTargetGroup(
  reading: EstateReading,
  summary: TargetGroupSummary,
): Promise<TargetGroup> {
  const { arn = '', id = '', name = id, type, vpcIdentifier } = summary;
  const [targets, tags] = await Promise.all([
    reading.attempt(`targets of ${arn}`, () =>
      allItems(
        paginateListTargets(
          { client: reading.lattice },
          { targetGroupIdentifier: arn },
          reading.callOptions,
        ),
        page => page.items,
      ),
    ),
    readTags(reading, arn),
  ]);
  return {
    arn,
    id,
    name,
    accountId: reading.accountId,
    region: reading.region,
    tags,
    type: types.find(known => known === type) ?? 'unknown',
    vpcId: vpcIdentifier,
    targets: (targets ?? []).map(target => ({
      id: target.id ?? '',
      port: target.port,
      status: target.status,
      reasonCode: target.reasonCode,
    })),
  };
}
