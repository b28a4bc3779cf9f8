import type { PolicyVersion } from '@lattice-portal/plugin-lattice-common';
import {
  type PolicyHistoryEvent,
  samePolicy,
} from '@lattice-portal/plugin-lattice-node';

/**
 * The policy as the portal saw it at one moment.
 */
export interface PolicyObservation {
  /** ISO 8601. */
  at: string;
  document?: string;
  authType?: PolicyVersion['authType'];
}

/**
 * Puts together what is known of one resource's policy: the versions so far, changes that AWS recorded,
 * and what the portal sees now.
 *
 * @remarks
 * A recorded change has the exact time and who did it, so it takes the place of the version that
 * the portal merely saw some time later. Where the recorded history holds no change at all of the
 * resource, its policy has stood since the history begins.
 *
 * @param options - `historySince`: ISO 8601, where the history that was read begins; absent: not read
 * @returns all versions, oldest first, without gaps between them
 */
export function mergePolicyVersions(options: {
  resourceArn: string;
  versions: PolicyVersion[];
  events: PolicyHistoryEvent[];
  observation: PolicyObservation;
  historySince?: string;
}): PolicyVersion[] {
  const { resourceArn, versions, observation, historySince } = options;
  const timeline = recordedVersions(options);
  const observations: PolicyObservation[] = [
    ...versions
      .filter(version => version.source === 'seen')
      .map(({ validFrom, document, authType }) => ({
        at: validFrom,
        document,
        authType,
      })),
    observation,
  ];
  for (const seen of observations) {
    const index = timeline.findLastIndex(
      version => version.validFrom <= seen.at,
    );
    const inForce = timeline[index];
    if (!inForce) {
      const atFirst =
        historySince && historySince < seen.at && timeline.length === 0;
      timeline.splice(0, 0, {
        resourceArn,
        document: seen.document,
        authType: seen.authType,
        validFrom: atFirst ? historySince : seen.at,
        source: atFirst ? 'cloudtrail' : 'seen',
      });
    } else if (
      samePolicy(inForce.document, seen.document) &&
      (inForce.authType ?? seen.authType) === seen.authType
    ) {
      timeline[index] = { ...inForce, authType: seen.authType };
    } else {
      timeline.splice(index + 1, 0, {
        resourceArn,
        document: seen.document,
        authType: seen.authType,
        validFrom: seen.at,
        source: 'seen',
      });
    }
  }
  return timeline.map((version, index) => ({
    ...version,
    validTo: timeline[index + 1]?.validFrom,
  }));
}

/** Recorded versions, known ones and new ones, each once. */
function recordedVersions(options: {
  resourceArn: string;
  versions: PolicyVersion[];
  events: PolicyHistoryEvent[];
}): PolicyVersion[] {
  const { resourceArn, versions, events } = options;
  const known = versions.filter(version => version.source === 'cloudtrail');
  const recorded = new Map(known.map(version => [version.validFrom, version]));
  for (const { at, document, by } of events) {
    const validFrom = new Date(at).toISOString();
    recorded.set(validFrom, {
      ...recorded.get(validFrom),
      resourceArn,
      document,
      validFrom,
      source: 'cloudtrail',
      changedBy: by,
    });
  }
  return [...recorded.values()].sort((a, b) =>
    a.validFrom < b.validFrom ? -1 : 1,
  );
}
