import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';
import { parsePolicy } from '@lattice-portal/auth-policy';
import { parseArn } from '@lattice-portal/plugin-lattice-common';
import { z } from 'zod';
import type { RecordFilter, ScanSettings } from '../scan/ScanSettings';

/** What the command is asked for. */
export interface ReportOptions {
  paths: string[];
  filter: RecordFilter;
  policies: ScanSettings['policies'];
  /** Where the policies are from. */
  policyFiles: string[];
  isJson: boolean;
  html?: string;
  unparsed?: string;
  isWatching: boolean;
  threads?: number;
}

const instant = z.iso.datetime({ offset: true });
const day = z.iso.date();

/**
 * Reads the arguments of `report`.
 *
 * @returns undefined when help is asked for
 * @throws `InputError` for what can't be understood, and for policies that can't be used
 */
export async function parseOptions(
  args: string[],
): Promise<ReportOptions | undefined> {
  const { values, positionals } = parse(args);
  const [command, ...paths] = positionals;
  if (values.help) {
    return undefined;
  }
  if (command !== 'report' || paths.length === 0) {
    throw new InputError(
      'Say what to read: lattice-logs report PATH… (lattice-logs --help tells more)',
    );
  }
  const filter = {
    from: timeOf('--from', values.from),
    to: timeOf('--to', values.to),
    service: values.service,
    caller: values.caller,
  };
  if (filter.from !== undefined && filter.to !== undefined) {
    if (filter.from >= filter.to) {
      throw new InputError('--from must be before --to');
    }
  }
  if (values.watch && values.json) {
    throw new InputError(
      '--json prints one object, --watch goes on: give one of the two',
    );
  }
  return {
    paths,
    filter,
    ...(await policiesOf(values)),
    isJson: values.json ?? false,
    html: values.html,
    unparsed: values.unparsed,
    isWatching: values.watch ?? false,
    threads: threadsOf(values.threads),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        caller: { type: 'string' },
        from: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        html: { type: 'string' },
        json: { type: 'boolean' },
        'policy-network': { type: 'string' },
        'policy-service': { type: 'string', multiple: true },
        service: { type: 'string' },
        threads: { type: 'string' },
        to: { type: 'string' },
        unparsed: { type: 'string' },
        watch: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new InputError((error as Error).message);
  }
}

/** A day begins at midnight in UTC. */
function timeOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  if (!instant.safeParse(text).success && !day.safeParse(text).success) {
    throw new InputError(
      `${name} takes a day such as 2026-11-22 or a time such as 2026-11-22T10:00:00Z, not ${text}`,
    );
  }
  return Date.parse(text);
}

function threadsOf(text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const threads = Number(text);
  if (!/^\d+$/.test(text) || threads > 64) {
    throw new InputError(`--threads takes a number from 0 to 64, not ${text}`);
  }
  return threads;
}

async function policiesOf(values: {
  'policy-network'?: string;
  'policy-service'?: string[];
}): Promise<Pick<ReportOptions, 'policies' | 'policyFiles'>> {
  const network = values['policy-network'];
  const services = values['policy-service'] ?? [];
  if (network === undefined && services.length === 0) {
    return { policies: undefined, policyFiles: [] };
  }
  const policyFiles = network === undefined ? [] : [network];
  const read: [string, string][] = [];
  for (const given of services) {
    const [, arn, file] = /^(arn:[^=]+)=(.+)$/s.exec(given) ?? [];
    if (!arn || !isServiceArn(arn)) {
      throw new InputError(
        `--policy-service takes ARN=FILE with the ARN of a VPC Lattice service, such as arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0a1b2c3d4e5f60718, not ${given}`,
      );
    }
    if (read.some(([other]) => other === arn)) {
      throw new InputError(`--policy-service is given twice for ${arn}`);
    }
    read.push([arn, await readPolicy(file)]);
    policyFiles.push(file);
  }
  return {
    policies: {
      network: network === undefined ? undefined : await readPolicy(network),
      services: read,
    },
    policyFiles,
  };
}

function isServiceArn(arn: string): boolean {
  const parts = parseArn(arn);
  return (
    parts?.service === 'vpc-lattice' &&
    parts.region !== '' &&
    /^\d{12}$/.test(parts.accountId) &&
    /^service\/svc-[0-9a-z]+$/.test(parts.resource)
  );
}

async function readPolicy(file: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new InputError(
      `Can't read the policy ${file}: ${(error as Error).message}`,
    );
  }
  const parsed = parsePolicy(text);
  if (!parsed.ok) {
    const problems = parsed.problems
      .map(({ path, message }) => `${path}: ${message}`)
      .join('; ');
    throw new InputError(`${file} is no valid auth policy: ${problems}`);
  }
  return text;
}
