/* eslint-disable jest/no-export */
import {
  type ResourceAccessLogRecord,
  connectionKey,
} from '@lattice-portal/access-logs';
import { callFields } from '../../../schema/callFields';
import { storedCall } from '../../generatedCalls';
import { DAY, HOUR, WHOLE_DAY } from '../wholeDay';
import { callAt } from './callAt';
import type { FewRecords } from './describeFewRecords';

/** What goes in comes out as it was. */
export function testKeeping(given: () => FewRecords): void {
  it('keeps every field of a record', async () => {
    const { store } = given();
    const record: Record<string, unknown> = {
      timestamp: DAY + 1,
      startTime: new Date(DAY + 1).toISOString(),
      other: { constructor: 'x', 'a.b': [1, { deep: true }] },
    };
    for (const [field, type] of Object.entries(callFields)) {
      record[field] ??= type === 'text' ? `of ${field}` : 7;
    }
    record.callerPrincipalTags = { team: 'edge', '': '' };
    record.authDeniedReason = 'Network';
    record.duration = 0.25;
    const call = storedCall(record as any);
    const bare = callAt(0.5);
    await store.append({ id: 'all', calls: [call, bare] });
    const { items } = await store.deniedRequests(WHOLE_DAY);
    expect(items).toEqual([bare, call]);
  });

  it('makes half a character whole', async () => {
    const { store } = given();
    await store.append({
      id: 'a',
      calls: [callAt(1, { requestPath: '/\ud800\\ud800' })],
    });
    const { items } = await store.deniedRequests(WHOLE_DAY);
    expect(items[0].record.requestPath).toBe('/\ufffd\\ud800');
  });

  it('keeps connections to resource configurations', async () => {
    const { store } = given();
    const record: ResourceAccessLogRecord = {
      eventTimestamp: '2026-11-22T01:00:00Z',
      timestamp: DAY + HOUR,
      resourceConfigurationArn: 'arn:rcfg',
      sourceIpPort: '10.0.0.1:1',
      other: { extra: 1 },
    };
    const connection = {
      key: connectionKey(record),
      source: 'a',
      twin: false,
      record,
    };
    await store.append({
      id: 'a',
      connections: [connection, { ...connection, source: 'b', twin: true }],
    });
    const answer = await store.connections({
      ...WHOLE_DAY,
      resourceConfigurationArns: ['arn:rcfg'],
    });
    expect(answer.items).toEqual([connection]);
    expect(answer.lines).toBe(2);
  });

  it('passes over files that are not its own', async () => {
    const { store, putStranger } = given();
    await store.append({ id: 'a', calls: [callAt(1)] });
    await putStranger('calls/day=2026-11-22/notes.txt');
    expect((await store.callers(WHOLE_DAY)).lines).toBe(1);
  });
}
