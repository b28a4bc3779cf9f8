import { basename, dirname, sep } from 'node:path';

/** Where the lines of a file come from. */
export interface LogSource {
  /** Lines of the same place come from the same log, as far as the path tells. */
  place: string;
  /** Whether the place is one access log subscription, and no other writes there. */
  isSubscription: boolean;
  /** When the file was written by its name, such as `20261122T1005`. Empty: the name doesn't tell. */
  stamp: string;
}

const objectName =
  /^(\d{12})_(VpcLattice(?:Resource)?AccessLogs)_([a-z0-9-]+)_([a-z]+-[0-9a-z]+)_(\d{8}T\d{4})Z_[^/]+$/;
const objectFolder =
  /\/AWSLogs\/(\d{12})\/VpcLattice\/((?:Resource)?AccessLogs)\/([a-z0-9-]+)\/(\d{4})\/(\d\d)\/(\d\d)\/([a-z]+-[0-9a-z]+)\/[^/]+$/;
const firehoseName =
  /^(.+)-\d+-(\d{4})-(\d\d)-(\d\d)-(\d\d)-(\d\d)-\d\d-[0-9a-f]{8}-[0-9a-f-]{27}/;
const exportedName = /\/[0-9a-f]{8}-[0-9a-f-]{27}\/([^/]+)\/\d{6}(?:\.gz)?$/;
/** `2026`, `11`, `day=22`: folders by time, which say nothing of where lines come from. */
const timeFolder = /^(\d{1,4}|\d{4}-\d\d(-\d\d)?|[a-z_]+=[\d-]+)$/i;

/**
 * Tells from a path whose log a file is.
 *
 * @remarks
 * The name VPC Lattice gives to an object in S3 has the account, the Region and the resource; the folders
 * have them too. Of Firehose the delivery stream is known, of an export of CloudWatch Logs the log
 * stream; several subscriptions may write to these. Of any other file only the folder is known.
 * Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html#monitoring-access-logs-destinations
 */
export function logSourceOf(path: string): LogSource {
  const unified = path.split(sep).join('/');
  const name = basename(unified);
  const object = objectName.exec(name);
  if (object) {
    const [, account, kind, region, resource, stamp] = object;
    return {
      place: subscription([account, kind, region, resource]),
      isSubscription: true,
      stamp,
    };
  }
  const folder = objectFolder.exec(unified);
  if (folder) {
    const [, account, kind, region, year, month, day, resource] = folder;
    return {
      place: subscription([account, `VpcLattice${kind}`, region, resource]),
      isSubscription: true,
      stamp: `${year}${month}${day}T0000`,
    };
  }
  const firehose = firehoseName.exec(name);
  if (firehose) {
    const [, stream, year, month, day, hour, minute] = firehose;
    return {
      place: `firehose ${stream}`,
      isSubscription: false,
      stamp: `${year}${month}${day}T${hour}${minute}`,
    };
  }
  const exported = exportedName.exec(unified);
  return {
    place: exported
      ? `cloudwatch ${exported[1]}`
      : `folder ${folderOf(unified)}`,
    isSubscription: false,
    stamp: '',
  };
}

function subscription(parts: string[]): string {
  return `subscription ${parts.join('/')}`;
}

function folderOf(path: string): string {
  const parts = dirname(path).split('/');
  while (parts.length > 1 && timeFolder.test(parts[parts.length - 1])) {
    parts.pop();
  }
  return parts.join('/');
}
