import type { ReplayGroup } from '../replay/types';
import { printTime } from './printTime';
import type { Report } from './Report';

/**
 * The report as the one JSON object of the command line. What has no value is null.
 *
 * @remarks
 * `problems` and `outside` are there only if there is something to tell.
 */
export function toJson(report: Report): object {
  const { lines, records, connections, duplicates, twins, unparsed } = report;
  return {
    lines,
    records,
    connections,
    duplicates,
    twins,
    unparsed,
    from: report.from === undefined ? null : printTime(report.from),
    to: report.to === undefined ? null : printTime(report.to),
    services: report.services,
    causes: report.causes.map(cause => ({
      caller: cause.caller,
      serviceArn: cause.serviceArn,
      method: cause.method ?? null,
      path: cause.path ?? null,
      outcome: cause.outcome,
      count: cause.count,
      firstSeen: printTime(cause.firstSeen),
      lastSeen: printTime(cause.lastSeen),
    })),
    ...(report.outside > 0 && { outside: report.outside }),
    ...(report.problems.length > 0 && { problems: report.problems }),
    ...(report.replay && {
      replay: {
        ...report.replay,
        groups: report.replay.groups.map(groupToJson),
        unchangedGroups: {
          count: report.replay.unchangedGroups.count,
          largest: report.replay.unchangedGroups.largest.map(groupToJson),
        },
        ...(report.servicesWithoutCalls.length > 0 && {
          servicesWithoutCalls: report.servicesWithoutCalls,
        }),
      },
    }),
  };
}

function groupToJson(group: ReplayGroup): object {
  return { ...group, method: group.method ?? null, path: group.path ?? null };
}
