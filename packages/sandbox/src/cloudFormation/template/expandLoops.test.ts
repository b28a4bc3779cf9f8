import { parseTemplate } from './parseTemplate';

const Logs = { Type: 'AWS::Logs::LogGroup' };

function parse(
  template: Record<string, unknown>,
  given?: Record<string, string>,
) {
  return parseTemplate(
    JSON.stringify({ Transform: 'AWS::LanguageExtensions', ...template }),
    given,
  );
}

describe('Fn::ForEach', () => {
  it('makes a resource and an output for each of a list', () => {
    const { Resources, Outputs } = parse({
      Resources: {
        'Fn::ForEach::Groups': [
          'Name',
          ['orders', 'pay-ments'],
          {
            'Logs&{Name}': {
              ...Logs,
              Properties: {
                LogGroupName: { 'Fn::Sub': '/${AWS::StackName}/${Name}' },
                Tags: [{ Key: 'name', Value: { Ref: 'Name' } }],
              },
            },
          },
        ],
        Other: Logs,
      },
      Outputs: {
        'Fn::ForEach::Arns': [
          'Name',
          ['orders'],
          { 'Arn${Name}': { Value: { 'Fn::GetAtt': ['Logs${Name}', 'Arn'] } } },
        ],
      },
    });
    expect(Resources).toEqual({
      Logsorders: {
        ...Logs,
        Properties: {
          LogGroupName: { 'Fn::Sub': '/${AWS::StackName}/orders' },
          Tags: [{ Key: 'name', Value: 'orders' }],
        },
      },
      Logspayments: {
        ...Logs,
        Properties: {
          LogGroupName: { 'Fn::Sub': '/${AWS::StackName}/pay-ments' },
          Tags: [{ Key: 'name', Value: 'pay-ments' }],
        },
      },
      Other: Logs,
    });
    expect(Outputs).toEqual({
      Arnorders: { Value: { 'Fn::GetAtt': ['Logsorders', 'Arn'] } },
    });
  });

  it.each<[string, Record<string, string> | undefined, string[]]>([
    ['its default', undefined, ['LogsA', 'LogsB']],
    ['what is given', { Names: 'C' }, ['LogsC']],
  ])('goes over a parameter: %s', (_, given, expected) => {
    const { Resources } = parse(
      {
        Parameters: { Names: { Type: 'CommaDelimitedList', Default: 'A,B' } },
        Resources: {
          'Fn::ForEach::Groups': [
            'Name',
            { Ref: 'Names' },
            { 'Logs${Name}': Logs },
          ],
        },
      },
      given,
    );
    expect(Object.keys(Resources)).toEqual(expected);
  });

  it('nests', () => {
    const { Resources } = parse({
      Resources: {
        'Fn::ForEach::Outer': [
          'X',
          ['A', 'B'],
          {
            'Fn::ForEach::Inner': ['Y', ['1', '2'], { 'Logs${X}${Y}': Logs }],
          },
        ],
      },
    });
    expect(Object.keys(Resources)).toEqual([
      'LogsA1',
      'LogsA2',
      'LogsB1',
      'LogsB2',
    ]);
  });

  it.each<[string, unknown, string]>([
    [
      'a key twice',
      ['Name', ['A', 'B'], { Logs }],
      'makes the key Logs a second time',
    ],
    ['no list', ['Name', 'A', { 'Logs${Name}': Logs }], 'needs a list'],
    ['no fragment', ['Name', ['A']], 'and a template fragment'],
  ])('refuses %s', (_, loop, message) => {
    expect(() => parse({ Resources: { 'Fn::ForEach::L': loop } })).toThrow(
      message,
    );
  });
});
