import type { DecidedCall, DecidedCalls } from '../statementUse/StatementTally';
import type { UseGroup } from '../statementUse/UseGroups';
import { compress, uncompress } from './compressed';

/** What a group's own texts don't say of a call. */
type PackedCall = [time: number, method?: string | null, path?: string | null];

type PackedUse = [
  index: number,
  calls: number,
  last: PackedCall | null,
  possibleCalls: number,
  lastPossible: PackedCall | null,
  reasons: string[],
];

type PackedGroup = [
  callerId: string,
  callerAccountId: string | null,
  serviceArn: string,
  serviceNetworkArn: string | null,
  calls: number,
  uses: PackedUse[],
];

/** The bytes that are kept of them: JSON, compressed as it has the same texts again and again. */
export async function packUseGroups(
  groups: readonly UseGroup[],
): Promise<Buffer> {
  const packed = groups.map(
    (group): PackedGroup => [
      group.callerId,
      group.callerAccountId ?? null,
      group.serviceArn,
      group.serviceNetworkArn ?? null,
      group.calls,
      group.uses.map(packUse),
    ],
  );
  return compress(JSON.stringify(packed));
}

/** @param bytes - as {@link packUseGroups} made them */
export async function unpackUseGroups(bytes: Buffer): Promise<UseGroup[]> {
  const packed: PackedGroup[] = JSON.parse(
    (await uncompress(bytes)).toString(),
  );
  return packed.map(
    ([callerId, callerAccountId, serviceArn, network, calls, uses]) => {
      const parties = {
        callerId,
        callerAccountId: callerAccountId ?? undefined,
        serviceArn,
      };
      return {
        ...parties,
        serviceNetworkArn: network ?? undefined,
        calls,
        uses: uses.map(use => unpackUse(use, parties)),
      };
    },
  );
}

function packUse(use: DecidedCalls): PackedUse {
  const { index, calls, last, possibleCalls, lastPossible, reasons } = use;
  return [
    index,
    calls,
    packCall(last),
    possibleCalls,
    packCall(lastPossible),
    reasons,
  ];
}

function unpackUse(
  [index, calls, last, possibleCalls, lastPossible, reasons]: PackedUse,
  parties: CallParties,
): DecidedCalls {
  return {
    index,
    calls,
    last: unpackCall(last, parties),
    possibleCalls,
    lastPossible: unpackCall(lastPossible, parties),
    reasons,
  };
}

type CallParties = Pick<
  DecidedCall,
  'callerId' | 'callerAccountId' | 'serviceArn'
>;

function packCall(call: DecidedCall | undefined): PackedCall | null {
  return call ? [call.time, call.method, call.path] : null;
}

function unpackCall(
  call: PackedCall | null,
  parties: CallParties,
): DecidedCall | undefined {
  if (!call) {
    return undefined;
  }
  const [time, method, path] = call;
  return {
    time,
    ...parties,
    method: method ?? undefined,
    path: path ?? undefined,
  };
}
