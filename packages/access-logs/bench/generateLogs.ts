import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { randomFrom } from './randomFrom';

const FILES_A_DAY = 288;
const FIVE_MINUTES = 5 * 60 * 1000;
const ACCOUNTS = 40;
const CALLEES = 12;
const REGION = 'eu-central-1';
const NETWORK_ACCOUNT = '100000000001';
const NETWORK = 'sn-0a1b2c3d4e5f60718';

/** The day that is generated, in milliseconds since 1970. */
export const DAY = Date.UTC(2026, 10, 22);

/** How large the day is. */
export interface GeneratedDay {
  lines: number;
  seed: number;
  services: number;
  callers: number;
  /** Share of the calls that policies refuse. */
  denied: number;
}

/** The day that the benchmarks are told for. */
export const FULL_DAY: GeneratedDay = {
  lines: 2_000_000,
  seed: 20261122,
  services: 800,
  callers: 300,
  denied: 0.03,
};

/** ARN of a service of the generated estate. */
export function serviceArn(index: number): string {
  return `arn:aws:vpc-lattice:${REGION}:${accountOf(index)}:service/svc-${idOf(
    index,
    1,
  )}`;
}

/** ARN of a caller's role, without its session. */
export function roleArn(index: number): string {
  return `arn:aws:iam::${accountOf(index)}:role/client-${index}`;
}

function accountOf(index: number): string {
  return String(200000000000 + (index % ACCOUNTS) * 1000003).padStart(12, '0');
}

function idOf(index: number, kind: number): string {
  return (index * 7919 + kind * 104729 + 0xabc0000)
    .toString(16)
    .padStart(17, '0');
}

/**
 * Writes a day of access logs of one service network as VPC Lattice puts them into S3: a gzip file for
 * every five minutes, lines of about 1.4 KB with all documented fields. The same seed gives the same lines.
 *
 * @returns the paths of the files.
 */
export async function generateLogs(
  folder: string,
  day: GeneratedDay,
): Promise<string[]> {
  const pack = promisify(gzip);
  const random = randomFrom(day.seed);
  const paths: string[] = [];
  let written = 0;
  for (let file = 0; file < FILES_A_DAY; file++) {
    const until = Math.round(((file + 1) * day.lines) / FILES_A_DAY);
    const start = DAY + file * FIVE_MINUTES;
    const lines: string[] = [];
    for (; written < until; written++) {
      const time = start + Math.floor(random() * FIVE_MINUTES);
      lines.push(JSON.stringify(lineOf({ day, random, time })));
    }
    if (lines.length === 0) {
      continue;
    }
    const path = join(folder, keyOf(start, file));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, await pack(`${lines.join('\n')}\n`));
    paths.push(path);
  }
  return paths;
}

function keyOf(start: number, file: number): string {
  const iso = new Date(start).toISOString();
  const stamp = `${iso.slice(0, 16).replace(/[-:]/g, '')}Z`;
  return [
    'AWSLogs',
    NETWORK_ACCOUNT,
    'VpcLattice/AccessLogs',
    REGION,
    iso.slice(0, 10).replaceAll('-', '/'),
    NETWORK,
    `${NETWORK_ACCOUNT}_VpcLatticeAccessLogs_${REGION}_${NETWORK}_${stamp}_${(
      file * 2654435761
    )
      .toString(16)
      .slice(0, 8)}.json.gz`,
  ].join('/');
}

/** More often a low number than a high one. */
function skewed(random: () => number, count: number): number {
  return Math.floor(count * random() ** 2.5);
}

function lineOf(options: {
  day: GeneratedDay;
  random: () => number;
  time: number;
}): object {
  const { day, random, time } = options;
  const pick = <T>(values: readonly T[]) =>
    values[Math.floor(random() * values.length)];
  const hex = (length: number) =>
    Math.floor(random() * 16 ** Math.min(length, 12))
      .toString(16)
      .padStart(length, '0');
  const caller = skewed(random, day.callers);
  const service =
    (caller * 31 + Math.floor(random() * CALLEES) * 17) % day.services;
  const account = accountOf(caller);
  const isDenied = random() < day.denied;
  const isAnonymous = isDenied && random() < 0.1;
  const role = roleArn(caller).split('/')[1];
  const principal = isAnonymous
    ? '-'
    : `arn:aws:sts::${account}:assumed-role/${role}/${role}-${Math.floor(
        random() * 5,
      )}`;
  const reason = pick(['Service', 'Service', 'Service', 'Network', 'Identity']);
  const vpc = `vpc-${idOf(caller, 2)}`;
  const host = `svc-${service}.example.internal`;
  const duration = Math.floor(random() ** 4 * 2000) + 1;
  const status = pick([200, 200, 200, 200, 200, 201, 204, 304, 404, 500, 403]);
  const target = isDenied ? '-' : `10.${service % 250}.${caller % 250}.7:8080`;
  const kind = ['orders', 'rates', 'users', 'reports', 'items'][service % 5];
  const path = pick([
    `/api/v1/${kind}`,
    `/api/v1/${kind}/${Math.floor(random() * 1e6)}`,
    `/api/v1/${kind}/${Math.floor(random() * 1e6)}/lines`,
    `/api/v2/${kind}/${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
    `/internal/${kind}/export`,
  ]);
  return {
    serviceNetworkArn: `arn:aws:vpc-lattice:${REGION}:${NETWORK_ACCOUNT}:servicenetwork/${NETWORK}`,
    serviceArn: serviceArn(service),
    resolvedUser: isAnonymous ? 'Anonymous' : principal,
    callerPrincipal: principal,
    callerPrincipalOrgID: isAnonymous ? '-' : 'o-lattice001',
    callerPrincipalTags: isAnonymous ? '-' : `{"team":"team-${caller % 37}"}`,
    callerX509IssuerOU: '-',
    callerX509SANDNS: '-',
    callerX509SANNameCN: '-',
    callerX509SANURI: '-',
    callerX509SubjectCN: '-',
    authDeniedReason: isDenied ? reason : '-',
    failureReason: isDenied ? 'ClientAccessDenied' : '-',
    listenerType: 'HTTPS',
    listenerId: `listener-${idOf(service, 3)}`,
    targetGroupArn: isDenied
      ? '-'
      : `arn:aws:vpc-lattice:${REGION}:${accountOf(
          service,
        )}:targetgroup/tg-${idOf(service, 4)}`,
    targetIpPort: target,
    destinationVpcId: `vpc-${idOf(service, 5)}`,
    sourceVpcArn: `arn:aws:ec2:${REGION}:${account}:vpc/${vpc}`,
    sourceVpcId: vpc,
    sourceIpPort: `10.${caller % 250}.${Math.floor(random() * 250)}.9:${
      1024 + Math.floor(random() * 60000)
    }`,
    startTime: `${new Date(time).toISOString().slice(0, 19)}Z`,
    requestMethod: pick(['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE']),
    requestPath: path,
    requestId: `${hex(8)}-${hex(4)}-4${hex(3)}-9${hex(3)}-${hex(12)}`,
    protocol: 'HTTP/1.1',
    hostHeader: host,
    serverNameIndication: host,
    sslCipher: 'ECDHE-RSA-AES128-GCM-SHA256',
    tlsVersion: 'TLSv1.2',
    userAgent: `client/${caller % 9}.${service % 10}`,
    responseCode: isDenied ? 403 : status,
    bytesReceived: 200 + Math.floor(random() * 4000),
    bytesSent: 100 + Math.floor(random() * 40000),
    duration,
    requestToTargetDuration: isDenied ? '-' : Math.floor(duration / 3),
    responseFromTargetDuration: isDenied ? '-' : Math.floor(duration / 2),
    grpcResponseCode: '-',
  };
}
