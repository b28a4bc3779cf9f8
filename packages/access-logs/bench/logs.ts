import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import {
  type AccessLogRecord,
  parseAccessLogLine,
  type ReplayCall,
  replayCalls,
} from '../src';
import { printTable } from '../src/report/printTable';
import { ReportBuilder } from '../src/report/ReportBuilder';
import { findLogFiles, type LogFile } from '../src/scan/findLogFiles';
import { scanFiles } from '../src/scan/scanFiles';
import { generatedFiles } from './generatedFiles';
import { FULL_DAY, serviceArn } from './generateLogs';

const ROUNDS = 3;
/** What jq is given: it is slow, and its rate doesn't hang on how much there is. */
const JQ_FILES = 20;
const JQ_PROGRAM = `
  [.serviceArn, if .authDeniedReason == "Network" then "denied-by-network"
  elif .authDeniedReason == "Service" then "denied-by-service"
  elif .authDeniedReason == "Identity" then "denied-by-identity"
  elif .failureReason != "-" then "failed"
  elif .targetGroupArn == "-" and .targetIpPort == "-" then
    (if .responseCode < 400 then "allowed" else "failed" end)
  elif .responseCode == 403 then "target-refused" else "allowed" end] | @tsv`;

/** The bound, as text, since it runs in other threads: gunzip and JSON.parse, no more. */
const BARE = `
  const { readFileSync } = require('node:fs');
  const { gunzipSync } = require('node:zlib');
  for (const path of require('node:worker_threads').workerData) {
    for (const line of gunzipSync(readFileSync(path)).toString().split('\\n')) {
      if (line !== '') {
        JSON.parse(line);
      }
    }
  }`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Seconds of the best of several rounds: what else the machine does only ever slows one down. */
async function best(work: () => Promise<unknown>): Promise<number> {
  let seconds = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    seconds = Math.min(seconds, await timed(work));
  }
  return seconds;
}

async function readBare(
  files: readonly LogFile[],
  threads: number,
): Promise<void> {
  const paths = files.map(({ path }) => path);
  await Promise.all(
    Array.from({ length: threads }, (_, thread) =>
      once(
        new Worker(BARE, {
          eval: true,
          execArgv: [],
          workerData: paths.filter(
            (_path, index) => index % threads === thread,
          ),
        }),
        'exit',
      ),
    ),
  );
}

/** @returns the number of lines. */
async function takeIn(
  files: readonly LogFile[],
  threads?: number,
): Promise<number> {
  const builder = new ReportBuilder({ filter: {} });
  await scanFiles({
    files,
    settings: { filter: {}, keepsWholeText: false },
    sink: builder,
    threads,
  });
  const { records, lines } = builder.report();
  builder.close();
  if (records !== lines) {
    throw new Error(`${lines - records} lines are no records`);
  }
  return lines;
}

/** The network lets all in. Every service does so for its API, and for the rest only to read. */
function changedPolicies() {
  const allow = (...statements: object[]) => ({
    Version: '2012-10-17',
    Statement: statements.map(statement => ({
      Effect: 'Allow',
      Principal: '*',
      Action: '*',
      ...statement,
    })),
  });
  const services = new Map<string, unknown>();
  for (let index = 0; index < FULL_DAY.services; index++) {
    const arn = serviceArn(index);
    const policy = allow(
      {
        Resource: [`${arn}/api/v1/*`, `${arn}/api/v2/*`],
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-lattice001' } },
      },
      {
        Resource: `${arn}/internal/*/export`,
        Condition: {
          StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' },
        },
      },
    );
    services.set(arn, policy);
  }
  return { network: allow({ Resource: '*' }), services };
}

/** Seconds that replay takes of its own, without what it takes to read the records. */
async function replaySeconds(files: readonly LogFile[]): Promise<number> {
  let reading = 0;
  function* calls(): Generator<ReplayCall> {
    for (const { path } of files) {
      const start = performance.now();
      const records = recordsIn(path);
      reading += performance.now() - start;
      for (const record of records) {
        yield { record };
      }
    }
  }
  const seconds = await timed(() =>
    replayCalls({ calls: calls(), policies: changedPolicies() }),
  );
  return seconds - reading / 1000;
}

function recordsIn(path: string): AccessLogRecord[] {
  const text = gunzipSync(readFileSync(path)).toString();
  return text.split('\n').flatMap(line => {
    const parsed = parseAccessLogLine(line);
    return parsed.ok && parsed.kind === 'service' ? [parsed.record] : [];
  });
}

/** Lines a second; undefined where there is no jq. */
function jqRate(files: readonly LogFile[]): number | undefined {
  if (spawnSync('jq', ['--version']).status !== 0) {
    return undefined;
  }
  const some = files.slice(0, JQ_FILES).map(({ path }) => path);
  const start = performance.now();
  const out = execFileSync(
    'sh',
    ['-c', 'cat "$@" | gzip -dc | jq -r "$0" | wc -l', JQ_PROGRAM, ...some],
    { encoding: 'utf8' },
  );
  return (Number(out) * 1000) / (performance.now() - start);
}

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { lines: { type: 'string' } } });
  const { files } = await findLogFiles(
    generatedFiles(Number(values.lines ?? FULL_DAY.lines)),
  );
  const cores = availableParallelism();
  // First, so that the peak of memory is its own.
  const lines = await takeIn(files);
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  const seconds = {
    together: await best(() => takeIn(files)),
    bareTogether: await best(() => readBare(files, cores)),
    alone: await best(() => takeIn(files, 0)),
    bareAlone: await best(() => readBare(files, 1)),
    replay: await replaySeconds(files),
  };
  const jq = jqRate(files);
  const count = (number: number) => Math.round(number).toLocaleString('en-US');
  const row = (what: string, took: number, remark = '') => [
    what,
    took.toFixed(2),
    count(lines / took),
    remark,
  ];
  const share = (took: number, bound: number) =>
    `${(bound / took).toFixed(2)} of bare`;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  process.stdout.write(
    `${cpus()[0].model}, ${cores} cores, Node ${
      process.versions.node
    }. Best of ${ROUNDS} rounds; a busy machine shows in them.\n` +
      `${count(lines)} lines in ${files.length} gzip files of ${count(
        bytes / 1e6,
      )} MB.\n`,
  );
  const table = [
    ['', 'seconds', 'lines/s', ''],
    row(`gunzip + JSON.parse, ${cores} threads`, seconds.bareTogether, 'bare'),
    row(
      'parse, classify, dedupe, count',
      seconds.together,
      share(seconds.together, seconds.bareTogether),
    ),
    row('gunzip + JSON.parse, 1 thread', seconds.bareAlone, 'bare'),
    row(
      "parse, classify, dedupe, count, 1 thread and zlib's",
      seconds.alone,
      share(seconds.alone, seconds.bareAlone),
    ),
    row(
      'replay against changed policies, without reading',
      seconds.replay,
      `${((seconds.replay * FULL_DAY.lines) / lines).toFixed(1)} s for ${count(
        FULL_DAY.lines,
      )}`,
    ),
    jq === undefined
      ? ['jq, classification alone', '', '', 'no jq on this machine']
      : [
          'jq, classification alone',
          '',
          count(jq),
          `we have ${(lines / seconds.together / jq).toFixed(1)} times that`,
        ],
    ['peak memory of the first, MB', '', '', String(peak)],
  ];
  for (const line of printTable(table)) {
    process.stdout.write(`${line}\n`);
  }
}

run().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
