import fc from 'fast-check';
import { parsePolicy } from '../parse/parsePolicy';
import { PolicyDocument } from '../types';
import { MergeOptions, merge } from './merge';

const owns = (sid: string) => sid.startsWith('Ours');

function statement(sid: string, method = 'GET'): string {
  return `{"Sid":"${sid}","Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"vpc-lattice-svcs:RequestMethod":"${method}"}}}`;
}

function policy(...statements: string[]): string {
  return `{"Version":"2012-10-17","Statement":[${statements.join(',')}]}`;
}

describe('merge', () => {
  // Odd on purpose: white space, an escape, a number that JSON.parse would reprint.
  const foreign = `{ "Sid" : "Their\\u0073",\n "Effect":"Deny", "Principal":"*","Action":"*","Resource":"*","Condition":{"NumericEquals":{"vpc-lattice-svcs:Port":443.0}}}`;

  it('carries a change over and leaves everything else as the text it is', () => {
    const result = merge({
      base: policy(statement('Ours1'), statement('Ours2')),
      ours: policy(statement('Ours2', 'PUT'), statement('Ours3')),
      theirs: `{"Id" :"x","Statement": [ ${foreign} , ${statement(
        'Ours1',
      )},${statement('Ours2')} ] ,"Version":"2012-10-17"}`,
      owns,
    });

    expect(result).toEqual({
      ok: true,
      text: `{"Id" :"x","Statement": [${foreign},${statement(
        'Ours2',
        'PUT',
      )},${statement('Ours3')}] ,"Version":"2012-10-17"}`,
      changes: [
        { kind: 'removed', sid: 'Ours1' },
        { kind: 'changed', sid: 'Ours2' },
        { kind: 'added', sid: 'Ours3' },
      ],
    });
  });

  it('does nothing where the change is there already', () => {
    const theirs = `{"Version":"2012-10-17","Statement":${statement('Ours1')}}`;
    const base = { Version: '2012-10-17', Statement: [] };

    expect(
      merge({ base, ours: policy(statement('Ours1')), theirs, owns }),
    ).toEqual({ ok: true, text: theirs, changes: [] });
  });

  it('takes the new document where there was none', () => {
    const ours = policy(statement('Ours1'));

    expect(merge({ ours, owns })).toMatchObject({ ok: true, text: ours });
    expect(
      merge({ ours, theirs: policy(statement('Theirs')), owns }),
    ).toMatchObject({
      ok: true,
      text: policy(statement('Theirs'), statement('Ours1')),
    });
  });

  it('puts brackets round a single foreign statement', () => {
    const theirs = `{"Version":"2012-10-17","Statement":${foreign}}`;
    const ours = `{"Version":"2012-10-17","Statement":[${foreign},${statement(
      'Ours1',
    )}]}`;

    expect(merge({ base: theirs, ours, theirs, owns })).toMatchObject({
      text: ours,
    });
  });

  it.each<[string, Partial<MergeOptions>, unknown]>([
    [
      'both-changed',
      {
        ours: policy(statement('Ours1', 'PUT')),
        theirs: policy(statement('Ours1', 'POST')),
      },
      {
        sid: 'Ours1',
        base: statement('Ours1'),
        ours: statement('Ours1', 'PUT'),
        theirs: statement('Ours1', 'POST'),
      },
    ],
    [
      'both-changed',
      { ours: policy(statement('Ours1', 'PUT')), theirs: policy() },
      { sid: 'Ours1', theirs: undefined },
    ],
    [
      'foreign-changed',
      { ours: policy(statement('Ours1'), statement('Theirs')) },
      {},
    ],
    ['foreign-changed', { ours: `{"Statement":[${statement('Ours1')}]}` }, {}],
    [
      'version-changed',
      {
        ours: policy(statement('Ours2'), statement('Ours1')),
        theirs: `{"Statement":${statement('Ours1')}}`,
      },
      {},
    ],
    ['policy-removed', { theirs: undefined }, {}],
    [
      'duplicate-sid',
      { theirs: policy(statement('Ours1'), statement('Ours1')) },
      { sid: 'Ours1' },
    ],
    ['unreadable', { theirs: '{"Statement":[1]}' }, {}],
    ['unreadable', { theirs: '{"Statement":[],"Statement":[]}' }, {}],
    ['unreadable', { theirs: '{"Statement":[' }, {}],
  ])('%s is a value', (kind, changes, details) => {
    const base = policy(statement('Ours1'));
    const result = merge({ base, ours: base, theirs: base, owns, ...changes });

    expect(result).toEqual({
      ok: false,
      conflicts: [expect.objectContaining({ kind, ...(details as object) })],
    });
  });
});

const space = fc.constantFrom('', ' ', '\n  ', '\t');
const foreignText = fc
  .record({
    sid: fc.option(fc.constantFrom('A', 'B', '__proto__', 'x"y')),
    gap: space,
    port: fc.constantFrom('443', '443.0', '4.43e2', '"443"'),
    effect: fc.constantFrom('"Allow"', '"D\\u0065ny"'),
  })
  .map(
    ({ sid, gap, port, effect }) =>
      `{${gap}"10":1,${
        sid === null ? '' : `"Sid":${gap}${JSON.stringify(sid)},`
      }"Effect":${effect}${gap},"Condition":{"NumericEquals":{"vpc-lattice-svcs:Port":${port}}}${gap}}`,
  );
const ownedText = fc
  .tuple(
    fc.constantFrom('Ours1', 'Ours2', 'Ours3'),
    fc.constantFrom('GET', 'PUT'),
  )
  .map(([sid, method]) => ({ sid, text: statement(sid, method) }));
const ownedSet = fc.uniqueArray(ownedText, {
  selector: ({ sid }) => sid,
  maxLength: 3,
});
const runs = { numRuns: Number(process.env.LATTICE_LAW_RUNS ?? 1000) };

describe('laws of merge', () => {
  it('keeps every foreign statement byte for byte, and ends where ours wants', () => {
    fc.assert(
      fc.property(
        fc.array(foreignText, { maxLength: 3 }),
        fc.array(foreignText, { maxLength: 4 }),
        ownedSet,
        ownedSet,
        ownedSet,
        space,
        (then, now, before, wanted, current, gap) => {
          const write = (others: string[], owned: Array<{ text: string }>) =>
            policy(...others, ...owned.map(({ text }) => text)).replace(
              '[',
              `[${gap}`,
            );
          const result = merge({
            base: write(then, before),
            ours: write(then, wanted),
            theirs: write(now, current),
            owns,
          });
          if (!result.ok) {
            const kinds = new Set(result.conflicts.map(({ kind }) => kind));
            // The only one that these documents can have.
            return kinds.size === 1 && kinds.has('both-changed');
          }
          let rest = result.text;
          for (const text of now) {
            expect(rest).toContain(text);
            rest = rest.slice(rest.indexOf(text) + text.length);
          }
          for (const { sid, text } of wanted) {
            const isMoved = before.every(each => each.text !== text);
            expect(isMoved && !result.text.includes(text) ? sid : '').toBe('');
          }
          // A second merge finds nothing to do.
          const document: PolicyDocument = JSON.parse(result.text);
          expect(Array.isArray(document.Statement)).toBe(true);
          expect(
            merge({
              base: write(then, before),
              ours: write(then, wanted),
              theirs: result.text,
              owns,
            }),
          ).toEqual({ ok: true, text: result.text, changes: [] });
          return true;
        },
      ),
      runs,
    );
  });

  it('gives a valid policy if it merges valid ones', () => {
    fc.assert(
      fc.property(ownedSet, ownedSet, (before, wanted) => {
        const write = (owned: Array<{ text: string }>) =>
          policy(statement('Theirs'), ...owned.map(({ text }) => text));
        const result = merge({
          base: write(before),
          ours: write(wanted),
          theirs: write(before),
          owns,
        });
        expect(result.ok && parsePolicy(result.text).ok).toBe(true);
        const sids = JSON.parse(result.ok ? result.text : '').Statement.map(
          ({ Sid }: { Sid: string }) => Sid,
        );
        expect(new Set(sids)).toEqual(
          new Set(['Theirs', ...wanted.map(({ sid }) => sid)]),
        );
      }),
      runs,
    );
  });
});
