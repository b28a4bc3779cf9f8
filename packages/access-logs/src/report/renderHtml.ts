import {
  deniedCalls,
  outcomes,
  totalCalls,
} from '@lattice-portal/plugin-lattice-common';
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
import { printDuration, printMinute, printTime } from './printTime';
import type { ReplayGroup } from '../replay/types';
import type { Report } from './Report';
import { visible } from './visible';

const MAX_ROWS = 1000;

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --page: #fff; --denied: #b3261e; --other: #5b8def; --stripe: #f6f8fa }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9aa4af; --line: #3d444d; --page: #0d1117; --denied: #ff8177; --other: #4f7fd6; --stripe: #161b22 } }
body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page) }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2.5rem }
p.note { color: var(--soft) }
div.table { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; max-width: 30rem; overflow-wrap: break-word }
th { white-space: nowrap; color: var(--soft); font-weight: 600 }
tbody th { color: var(--ink); font-weight: 400; white-space: normal }
tbody th.time { white-space: nowrap }
.time { white-space: nowrap }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
tbody tr:nth-child(even) { background: var(--stripe) }
.bar { display: flex; height: 1rem; min-width: 12rem } .bar span { display: block }
.denied { background: var(--denied) } .other { background: var(--other) }
`;

/**
 * The report as one page that needs nothing else: no scripts, no requests. All that comes from logs is
 * text.
 */
export function renderHtml(report: Report): string {
  const filter = describeFilter(report.filter, report.outside);
  const body = [
    '<h1>VPC Lattice access logs</h1>',
    `<p>${escape(describeWindow(report))}</p>`,
    ...(filter ? [`<p>${escape(filter)}</p>`] : []),
    totals(report),
    overTime(report),
    services(report),
    callers(report),
    causes(report),
    connections(report),
    replay(report),
    gaps(report),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>VPC Lattice access logs</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body.filter(part => part !== '').join('\n')}
</main>
</body>
</html>
`;
}

function escape(text: string): string {
  return visible(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** Paths and ARNs go over to the next line behind a slash, if they must; elsewhere only where that is not enough. */
function breakable(text: string): string {
  return escape(text).replace(/\/(?!\*|$)/g, '/<wbr>');
}

/** A time is never broken over lines. */
type Cell = string | number | { time: number };

function table(options: {
  title: string;
  head: string[];
  rows: Cell[][];
  note?: string;
}): string {
  const { title, head, rows, note } = options;
  if (rows.length === 0) {
    return '';
  }
  const shown = rows.slice(0, MAX_ROWS);
  const isNumber = (column: number) => typeof rows[0][column] === 'number';
  const more =
    rows.length > shown.length
      ? `<p class="note">The first ${printCount(shown.length)} of ${printCount(
          rows.length,
        )}.</p>`
      : '';
  return `<h2>${escape(title)}</h2>
${note ? `<p class="note">${escape(note)}</p>` : ''}
<div class="table" tabindex="0" role="region" aria-label="${escape(title)}">
<table>
<thead><tr>${head
    .map(
      (cell, column) =>
        `<th scope="col"${isNumber(column) ? ' class="number"' : ''}>${escape(
          cell,
        )}</th>`,
    )
    .join('')}</tr></thead>
<tbody>
${shown.map(rowOf).join('\n')}
</tbody>
</table>
</div>${more}`;
}

function rowOf(row: Cell[]): string {
  const cells = row.map((cell, column) => {
    if (typeof cell === 'number') {
      return `<td class="number">${printCount(cell)}</td>`;
    }
    if (typeof cell === 'object') {
      return `<td class="time">${printTime(cell.time)}</td>`;
    }
    return column === 0
      ? `<th scope="row">${breakable(cell)}</th>`
      : `<td>${breakable(cell)}</td>`;
  });
  return `<tr>${cells.join('')}</tr>`;
}

function totals(report: Report): string {
  return table({
    title: 'Lines',
    head: ['what', 'lines'],
    rows: [
      ['all', report.lines],
      ['calls', report.records],
      ['TCP connections', report.connections],
      ['delivered again', report.duplicates],
      ['also in another log', report.twins],
      ['kept aside', report.unparsed],
    ],
  });
}

function overTime(report: Report): string {
  const { buckets, width } = report.overTime;
  if (buckets.length === 0) {
    return '';
  }
  const most = Math.max(...buckets.map(each => totalCalls(each.outcomes)), 1);
  const percent = (part: number) => ((100 * part) / most).toFixed(2);
  const rows = buckets.map(({ start, outcomes: counts }) => {
    const all = totalCalls(counts);
    const denied = deniedCalls(counts);
    return `<tr><th scope="row" class="time">${printMinute(
      start,
    )}</th><td class="number">${printCount(
      all,
    )}</td><td class="number">${printCount(
      denied,
    )}</td><td><div class="bar" aria-hidden="true"><span class="denied" style="width:${percent(
      denied,
    )}%"></span><span class="other" style="width:${percent(
      all - denied,
    )}%"></span></div></td></tr>`;
  });
  return `<h2>Over time</h2>
<p class="note">UTC, each row ${printDuration(width)}.</p>
<div class="table" tabindex="0" role="region" aria-label="Over time">
<table>
<thead><tr><th scope="col">from</th><th scope="col" class="number">calls</th><th scope="col" class="number">denied</th><th scope="col">denied before other calls</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</div>`;
}

function services(report: Report): string {
  return table({
    title: 'Services',
    head: ['service', 'calls', ...outcomes.map(each => outcomeTitles[each])],
    rows: report.services.map(({ serviceArn, outcomes: counts }) => [
      printArn(serviceArn),
      totalCalls(counts),
      ...outcomes.map(each => counts[each]),
    ]),
  });
}

function callers(report: Report): string {
  return table({
    title: 'Callers',
    head: ['caller', 'calls', 'denied', 'share denied'],
    rows: report.callers.map(({ caller, calls, denied }) => [
      printArn(caller),
      calls,
      denied,
      printShare(denied, calls),
    ]),
  });
}

function causes(report: Report): string {
  return table({
    title: 'Causes of denials',
    head: [
      'caller',
      'service',
      'method',
      'path',
      'denied',
      'calls',
      'first seen',
      'last seen',
    ],
    rows: report.causes.map(cause => [
      printArn(cause.caller),
      printArn(cause.serviceArn),
      cause.method ?? '',
      cause.path ?? '',
      outcomeTitles[cause.outcome],
      cause.count,
      { time: cause.firstSeen },
      { time: cause.lastSeen },
    ]),
  });
}

function connections(report: Report): string {
  return table({
    title: 'TCP connections',
    head: ['resource configuration', 'connections'],
    rows: report.resourceConfigurations.map(row => [
      printArn(row.resourceConfigurationArn),
      row.count,
    ]),
  });
}

const groupHead = [
  'change',
  'caller',
  'service',
  'method',
  'path',
  'calls',
  'example',
  'hangs on',
];

function replayRow(group: ReplayGroup) {
  return [
    changeTitles[group.change],
    printArn(group.caller),
    printArn(group.serviceArn),
    group.method ?? '',
    group.path ?? '',
    group.count,
    group.examples
      .map(({ startTime, path }) => `${startTime} ${path ?? ''}`)
      .join('; '),
    group.reasons.join('; '),
  ];
}

function replay(report: Report): string {
  const result = report.replay;
  if (!result) {
    return '';
  }
  return [
    table({
      title: 'Under the proposed policies',
      note: [replayNote, ...describeUntried(report)].join(' '),
      head: ['change', 'calls'],
      rows: [
        ['newly allowed', result.newlyAllowed],
        ['newly denied', result.newlyDenied],
        ['unchanged', result.unchanged],
        ['unknown', result.unknown],
      ],
    }),
    table({
      title: 'What changes, or may',
      head: groupHead,
      rows: result.groups.map(replayRow),
    }),
    table({
      title: 'What stays as it is',
      note: `The largest of ${printCount(
        result.unchangedGroups.count,
      )} groups.`,
      head: groupHead,
      rows: result.unchangedGroups.largest.map(replayRow),
    }),
  ].join('\n');
}

function gaps(report: Report): string {
  const rows: string[][] = [
    ...report.gaps.map(({ from, to }) => [
      'no record',
      `${printTime(from)} to ${printTime(to)} (${printDuration(to - from)})`,
    ]),
    ...report.problems.map(({ file, problem }) => [file, problem]),
    ...report.unparsedReasons.map(({ reason, count }) => [
      'lines kept aside',
      `${printCount(count)}: ${reason}`,
    ]),
    ...report.unparsedExamples.map(({ file, line, text }) => [
      `${file}:${line}`,
      text,
    ]),
  ];
  return rows.length === 0
    ? '<h2>Gaps</h2>\n<p>None found: all files were read, all lines were parsed.</p>'
    : table({ title: 'Gaps', head: ['where', 'what'], rows });
}
