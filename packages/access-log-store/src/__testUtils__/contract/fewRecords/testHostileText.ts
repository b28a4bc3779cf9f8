/* eslint-disable jest/no-export */
import fc from 'fast-check';
import { callAt } from './callAt';
import type { FewRecords } from './describeFewRecords';

/** No text of a log or of an asker is taken for SQL. */
export function testHostileText(
  given: () => FewRecords,
  options: { runs: number },
): void {
  it('takes no text for SQL', async () => {
    const { store } = given();
    let batch = 0;
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        "'",
        "''",
        "' OR '1'='1",
        "'; DROP TABLE calls; --",
        '\\',
        '?',
        '"',
        '$1',
        '%',
        '_',
        '/*',
        '\u2028',
        "\\'",
        'null',
        '-',
        'é'.normalize('NFD'),
      ),
    );
    const text = hostile.map(value => Buffer.from(value).toString());
    await fc.assert(
      fc.asyncProperty(
        fc.record({ path: text, agent: text, method: text, id: text }),
        async ({ path, agent, method, id }) => {
          batch++;
          const call = callAt(-batch, {
            requestPath: path,
            userAgent: agent,
            requestMethod: method,
            requestId: `${batch} ${id}`,
            other: { [path]: agent },
          });
          await store.append({ id: `${batch} ${path}`, calls: [call] });
          const { timestamp } = call.record;
          const scope = { from: timestamp, to: timestamp + 1 };
          const found = await store.deniedRequests({
            ...scope,
            where: {
              requestPath: { equals: [path] },
              userAgent: { contains: agent },
              requestMethod: { equals: [method, path] },
              requestId: { equals: [`${batch} ${id}`] },
            },
          });
          expect(found.items).toEqual([call]);
          const byId = await store.callsByRequestId({
            ...scope,
            requestId: `${batch} ${id}`,
          });
          expect(byId.items).toEqual([{ key: call.key, records: [call] }]);
          const { batches } = await store.callShapes({
            ...scope,
            fields: ['requestPath', 'requestMethod'],
          });
          const recorded: unknown[] = [];
          for await (const shapes of batches) {
            recorded.push(
              ...shapes.map(({ record }) => [
                record.requestPath,
                record.requestMethod,
              ]),
            );
          }
          expect(recorded).toEqual([[path, method]]);
          const elsewhere = await store.callers({
            ...scope,
            serviceArns: [`x${path}`],
            callerIds: [agent],
            serviceNetworkArns: [method],
            accountIds: [id],
          });
          expect(elsewhere.items).toEqual([]);
        },
      ),
      { numRuns: options.runs },
    );
  }, 120_000);
}
