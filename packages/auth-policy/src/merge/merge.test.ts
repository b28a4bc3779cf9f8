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
