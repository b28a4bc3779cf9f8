import {
  deniedCalls,
  outcomes,
  totalCalls,
} from '@lattice-portal/plugin-lattice-common';
import type { Paint } from '../command/Output';
import {
  changeTitles,
  describeFilter,
  describeUntried,
  describeWindow,
  outcomeTitles,
  printArn,
  printCount,
  printShare,
  replayNote,
} from './describe';
import { printDuration, printMinute } from './printTime';
import type { ReplayGroup } from '../replay/types';
import type { Report } from './Report';
import { printTable } from './printTable';
import { shortened, visible } from './visible';

const TOP = 15;
const TOP_UNCHANGED = 5;
const BAR_WIDTH = 40;
const LONGEST_TEXT = 60;
const LONGEST_LINE = 100;

/** The report for people, as lines of text. */
export function printReport(report: Report, paint: Paint): string[] {
  return [
    ...totals(report, paint),
    ...overTime(report, paint),
    ...services(report, paint),
    ...callers(report, paint),
    ...causes(report, paint),
    ...resourceConfigurations(report, paint),
    ...replay(report, paint),
    ...gaps(report, paint),
  ];
}

function heading(text: string, paint: Paint): string[] {
  return ['', paint('bold', text)];
}

function totals(report: Report, paint: Paint): string[] {
  const filter = describeFilter(report.filter, report.outside);
  return [
    paint('bold', 'VPC Lattice access logs'),
    describeWindow(report),
    ...(filter ? [visible(filter)] : []),
    '',
    ...printTable([
      ['lines', printCount(report.lines)],
      ['  calls', printCount(report.records)],
      ['  TCP connections', printCount(report.connections)],
      ['  delivered again', printCount(report.duplicates)],
      ['  also in another log', printCount(report.twins)],
      ['  kept aside', printCount(report.unparsed)],
    ]),
  ];
}

function overTime(report: Report, paint: Paint): string[] {
  const { buckets, width } = report.overTime;
  if (buckets.length === 0) {
    return [];
  }
  const most = Math.max(...buckets.map(each => totalCalls(each.outcomes)), 1);
  return [
    ...heading(`Over time (UTC, each bar ${printDuration(width)})`, paint),
    ...buckets.map(({ start, outcomes: counts }) => {
      const all = totalCalls(counts);
      const denied = deniedCalls(counts);
      const length = Math.ceil((all / most) * BAR_WIDTH);
      const red = Math.min(Math.ceil((denied / most) * BAR_WIDTH), length);
      const bar =
        paint('red', '█'.repeat(red)) +
        paint('green', '▒'.repeat(length - red));
      const numbers = `${printCount(all)} calls, ${printCount(denied)} denied`;
      return `${printMinute(start)}  ${bar}${' '.repeat(
        BAR_WIDTH - length,
      )}  ${numbers}`;
    }),
    '█ denied  ▒ other calls',
  ];
}

function services(report: Report, paint: Paint): string[] {
  const { services: rows } = report;
  if (rows.length === 0) {
    return [];
  }
  return [
    ...heading(`Services: ${count(rows)}`, paint),
    ...printTable(
      [
        ['service', 'calls', ...outcomes.map(each => outcomeTitles[each])],
        ...rows
          .slice(0, TOP)
          .map(({ serviceArn, outcomes: counts }) => [
            shortened(printArn(serviceArn), LONGEST_TEXT),
            printCount(totalCalls(counts)),
            ...outcomes.map(each => printCount(counts[each])),
          ]),
      ],
      { paint },
    ),
  ];
}

function callers(report: Report, paint: Paint): string[] {
  const { callers: rows } = report;
  if (rows.length === 0) {
    return [];
  }
  return [
    ...heading(`Callers: ${count(rows)}`, paint),
    ...printTable(
      [
        ['caller', 'calls', 'denied', 'share denied'],
        ...rows
          .slice(0, TOP)
          .map(({ caller, calls, denied }) => [
            shortened(printArn(caller), LONGEST_TEXT),
            printCount(calls),
            printCount(denied),
            printShare(denied, calls),
          ]),
      ],
      { paint },
    ),
  ];
}

function causes(report: Report, paint: Paint): string[] {
  const { causes: rows } = report;
  if (rows.length === 0) {
    return [];
  }
  return [
    ...heading(`Causes of denials: ${count(rows)}`, paint),
    ...rows
      .slice(0, TOP)
      .flatMap(cause => [
        `${paint('red', printCount(cause.count).padStart(9))}  ${shortened(
          `${cause.method ?? '(no method)'} ${cause.path ?? '(no path)'}`,
          LONGEST_LINE,
        )}`,
        `           ${outcomeTitles[cause.outcome]}, ${shortened(
          printArn(cause.caller),
          LONGEST_TEXT,
        )} → ${shortened(printArn(cause.serviceArn), LONGEST_TEXT)}`,
        `           ${printMinute(cause.firstSeen)} to ${printMinute(
          cause.lastSeen,
        )}`,
      ]),
  ];
}

function resourceConfigurations(report: Report, paint: Paint): string[] {
  const { resourceConfigurations: rows } = report;
  if (rows.length === 0) {
    return [];
  }
  return [
    ...heading(
      `TCP connections by resource configuration: ${count(rows)}`,
      paint,
    ),
    ...printTable([
      ['resource configuration', 'connections'],
      ...rows
        .slice(0, TOP)
        .map(row => [
          shortened(printArn(row.resourceConfigurationArn), LONGEST_TEXT),
          printCount(row.count),
        ]),
    ]),
  ];
}

function replay(report: Report, paint: Paint): string[] {
  const result = report.replay;
  if (!result) {
    return [];
  }
  return [
    ...heading('Under the proposed policies', paint),
    ...printTable([
      ['newly allowed', printCount(result.newlyAllowed)],
      ['newly denied', printCount(result.newlyDenied)],
      ['unchanged', printCount(result.unchanged)],
      ['unknown', printCount(result.unknown)],
    ]),
    replayNote,
    ...describeUntried(report).map(text => paint('yellow', visible(text))),
    ...result.groups.slice(0, TOP).flatMap(group => replayGroup(group, paint)),
    ...more(result.groups.length - TOP),
    ...result.unchangedGroups.largest
      .slice(0, TOP_UNCHANGED)
      .flatMap(group => replayGroup(group, paint)),
    ...more(result.unchangedGroups.count - TOP_UNCHANGED, ' unchanged'),
  ];
}

function more(groups: number, kind = ''): string[] {
  return groups > 0 ? [`  … and ${printCount(groups)} more${kind} groups`] : [];
}

const changePaints = {
  'newly-allowed': 'green',
  'newly-denied': 'yellow',
  unchanged: 'dim',
  unknown: 'yellow',
} as const;

function replayGroup(group: ReplayGroup, paint: Paint): string[] {
  const { change, method, path } = group;
  return [
    `${printCount(group.count).padStart(9)}  ${paint(
      changePaints[change],
      changeTitles[change],
    )}  ${shortened(
      `${method ?? '(no method)'} ${path ?? '(no path)'}`,
      LONGEST_LINE,
    )}`,
    `           ${shortened(
      printArn(group.caller),
      LONGEST_TEXT,
    )} → ${shortened(printArn(group.serviceArn), LONGEST_TEXT)}`,
    ...group.examples
      .slice(0, 1)
      .map(
        example =>
          `           e.g. ${example.startTime} ${shortened(
            example.path ?? '',
            LONGEST_TEXT,
          )} ${shortened(example.requestId ?? '', LONGEST_TEXT)}`,
      ),
    ...group.reasons
      .slice(0, 3)
      .map(reason => `           hangs on ${shortened(reason, LONGEST_LINE)}`),
  ];
}

function gaps(report: Report, paint: Paint): string[] {
  const { gaps: stretches, problems, unparsedExamples: examples } = report;
  const unparsed = report.unparsedReasons.map(
    ({ reason, count: lines }) =>
      `${printCount(lines)} lines kept aside: ${visible(reason)}`,
  );
  const lines = [
    ...stretches.map(
      ({ from, to }) =>
        `no record from ${printMinute(from)} to ${printMinute(
          to,
        )} (${printDuration(to - from)})`,
    ),
    ...problems.map(
      ({ file, problem }) => `${visible(file)}: ${visible(problem)}`,
    ),
    ...unparsed,
    ...examples
      .slice(0, 5)
      .map(
        ({ file, line, text }) =>
          `  ${visible(file)}:${line}: ${shortened(text, LONGEST_LINE)}`,
      ),
  ];
  return [
    ...heading('Gaps', paint),
    ...(lines.length > 0
      ? lines.map(line => paint('yellow', line))
      : ['None found: all files were read, all lines were parsed.']),
  ];
}

function count(rows: readonly unknown[]): string {
  return rows.length > TOP
    ? `${printCount(rows.length)}, the first ${TOP}`
    : printCount(rows.length);
}
