import { CompletionContext } from '@codemirror/autocomplete';
import { json } from '@codemirror/lang-json';
import { ensureSyntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { completePolicy } from './completePolicy';
import { lintEditor } from './lintEditor';

const caller = 'arn:aws:iam::445566778899:role/public-proxy';
const networkArn =
  'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-0123456789abcdef0';

function stateOf(doc: string) {
  const state = EditorState.create({ doc, extensions: [json()] });
  ensureSyntaxTree(state, doc.length, 5_000);
  return state;
}

/** Completes at the sign |; what is chosen is put in. */
function completeAt(text: string, options: { explicit?: boolean } = {}) {
  const at = text.indexOf('|');
  const doc = text.replace('|', '');
  const complete = completePolicy(() => ({
    networkArn,
    callers: [{ id: caller, label: 'public-proxy' }],
  }));
  const result = complete(
    new CompletionContext(stateOf(doc), at, options.explicit ?? false),
  );
  return {
    labels: result?.options.map(({ label }) => label) ?? [],
    choose: (label: string) => {
      const { from, to, options: offered } = result!;
      const { apply } = offered.find(option => option.label === label)!;
      return doc.slice(0, from) + apply + doc.slice(to);
    },
  };
}

describe('completion', () => {
  it.each([
    ['{"|"}', 'Statement'],
    ['{"Version": "|"}', '2012-10-17'],
    ['{"Statement": [{"|": 1}]}', 'Effect'],
    ['{"Statement": {"Eff|": 1}}', 'Effect'],
    ['{"Statement": [{"Effect": "|"}]}', 'Allow'],
    ['{"Statement": [{"Action": "|"}]}', 'vpc-lattice-svcs:Invoke'],
    ['{"Statement": [{"Action": ["a", "|"]}]}', 'vpc-lattice-svcs:Connect'],
    ['{"Statement": [{"Principal": {"|": 1}}]}', 'AWS'],
    ['{"Statement": [{"Principal": {"AWS": ["|"]}}]}', caller],
    ['{"Statement": [{"Condition": {"|": {}}}]}', 'StringEquals'],
    ['{"Statement": [{"Condition": {"For|": {}}}]}', 'ForAnyValue:StringLike'],
    [
      '{"Statement": [{"Condition": {"StringEquals": {"vpc|": ""}}}]}',
      'vpc-lattice-svcs:RequestMethod',
    ],
    [
      '{"Statement": [{"Condition": {"StringEquals": {"vpc-lattice-svcs:RequestMethod": ["|"]}}}]}',
      'DELETE',
    ],
    [
      '{"Statement": [{"Condition": {"StringEquals": {"vpc-lattice-svcs:ServiceNetworkArn": "|"}}}]}',
      networkArn,
    ],
  ])('at %s offers %s', (text, label) => {
    expect(completeAt(text).labels).toContain(label);
  });

  it('offers the keys of VPC Lattice first', () => {
    const { labels } = completeAt(
      '{"Statement": {"Condition": {"StringEquals": {"|": 1}}}}',
    );
    expect(labels[0]).toMatch(/^vpc-lattice-svcs:/);
  });

  it('replaces what is within the quotes', () => {
    const { choose } = completeAt('{"Statement": [{"Action": "vpc-lat|"}]}');
    expect(choose('vpc-lattice-svcs:Invoke')).toBe(
      '{"Statement": [{"Action": "vpc-lattice-svcs:Invoke"}]}',
    );
  });

  it('adds quotes where there are none, when asked', () => {
    const text = '{"Statement": [{"Effect": |}]}';
    expect(completeAt(text).labels).toEqual([]);
    expect(completeAt(text, { explicit: true }).choose('Deny')).toBe(
      '{"Statement": [{"Effect": "Deny"}]}',
    );
    expect(
      completeAt('{"Statement": [{|}]}', { explicit: true }).choose('Effect'),
    ).toBe('{"Statement": [{"Effect": }]}');
  });

  it.each(['{"Statement": [{"Sid": "|"}]}', '{"Id": "|"}', '{"Other": {"|"}}'])(
    'has nothing to offer at %s',
    text => {
      expect(completeAt(text).labels).toEqual([]);
    },
  );
});

describe('lint', () => {
  it('underlines what a finding is about', () => {
    const doc = `{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow", "Principal": "*", "Action": "vpc-lattice-svcs:Invoke",
    "Resource": "*", "Condition": { "StringEquals": { "vpc-lattice-svcs:Vpc": "vpc-1" } }
  }
}`;
    const diagnostics = lintEditor(stateOf(doc));
    const unknown = diagnostics.find(
      ({ source }) => source === 'unknown-condition-key',
    )!;
    expect(doc.slice(unknown.from, unknown.to)).toContain(
      'vpc-lattice-svcs:Vpc',
    );
    expect(diagnostics.map(({ source }) => source)).not.toContain('line-break');
  });
});
