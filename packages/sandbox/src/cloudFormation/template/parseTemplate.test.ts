import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseTemplate } from './parseTemplate';

const lambdaService = readFileSync(
  resolve(
    __dirname,
    '../../../../../templates/lambda-service/product/template.yaml',
  ),
  'utf8',
);

function resource(properties: string): string {
  return `Resources:\n  Thing:\n    Type: AWS::Logs::LogGroup\n    Properties: ${properties}\n`;
}

describe('parseTemplate', () => {
  it.each([
    ['!Ref', '{ a: !Ref Name }', { a: { Ref: 'Name' } }],
    [
      '!GetAtt with a nested attribute',
      '{ a: !GetAtt Service.DnsEntry.DomainName }',
      { a: { 'Fn::GetAtt': ['Service', 'DnsEntry.DomainName'] } },
    ],
    ['!Sub', "{ a: !Sub '${Name}/*' }", { a: { 'Fn::Sub': '${Name}/*' } }],
    [
      'nested functions',
      '{ a: !Join ["-", [!Ref A, !Select [0, !Split [",", !Ref B]]]] }',
      {
        a: {
          'Fn::Join': [
            '-',
            [
              { Ref: 'A' },
              { 'Fn::Select': [0, { 'Fn::Split': [',', { Ref: 'B' }] }] },
            ],
          ],
        },
      },
    ],
    [
      'a function of a mapping',
      '{ a: !If [HasName, { b: !Ref Name }, !Ref AWS::NoValue] }',
      {
        a: {
          'Fn::If': [
            'HasName',
            { b: { Ref: 'Name' } },
            { Ref: 'AWS::NoValue' },
          ],
        },
      },
    ],
    ['dates as texts', '{ Version: 2012-10-17 }', { Version: '2012-10-17' }],
  ])('reads %s', (_, properties, expected) => {
    expect(
      parseTemplate(resource(properties)).Resources.Thing.Properties,
    ).toEqual(expected);
  });

  it('reads JSON', () => {
    const { Resources } = parseTemplate(
      '{"Resources": {"A": {"Type": "AWS::Logs::LogGroup", "DependsOn": "B"}, "B": {"Type": "AWS::Logs::LogGroup"}}}',
    );
    expect(Resources.A.DependsOn).toEqual(['B']);
  });

  it('reads the product of the Lambda template', () => {
    const template = parseTemplate(lambdaService);
    expect(Object.keys(template.Parameters)).toEqual(
      expect.arrayContaining(['ServiceName', 'ServiceNetworkArn', 'Owner']),
    );
    expect(template.Parameters.LogRetentionDays.Default).toBe('30');
  });

  it.each([
    ['broken YAML', 'Resources: [', /^Template format error: /],
    ['a text', 'hello', /unsupported structure/],
    ['no resources', 'Description: x', /Resources/],
    ['empty resources', 'Resources: {}', /At least one Resources member/],
    [
      'a section it can not execute',
      'Hooks: {}\nResources: {}',
      'Invalid template property or properties [Hooks]',
    ],
    [
      'a transform it does not execute',
      `Transform: AWS::Serverless-2016-10-31\n${resource('{}')}`,
      'The sandbox does not execute the transform [AWS::Serverless-2016-10-31]',
    ],
    [
      'functions of a transform that is not declared',
      resource('{ a: !Length [1, 2] }'),
      '[Fn::Length] can only be used with the transform AWS::LanguageExtensions',
    ],
    [
      'a snapshot of what has none',
      'Resources: { A: { Type: AWS::Logs::LogGroup, DeletionPolicy: Snapshot } }',
      'does not support DeletionPolicy Snapshot',
    ],
    [
      'a rule without assertions',
      `Rules: { R: { Assertions: [] } }\n${resource('{}')}`,
      /\[Rules\/R\/Assertions\]/,
    ],
    ['an unknown tag', resource('{ a: !Nope b }'), /Unresolved tag: !Nope/],
    [
      'a logical id that is not alphanumeric',
      'Resources: { a-b: { Type: AWS::Logs::LogGroup } }',
      /alphanumeric|Invalid key/,
    ],
    [
      'an attribute resources do not have',
      'Resources: { A: { Type: AWS::Logs::LogGroup, Propertys: {} } }',
      /\[Resources\/A\] Unrecognized key: "Propertys"/,
    ],
    ['a template too long', `# ${'x'.repeat(1_000_000)}`, /1000000 bytes/],
  ])('refuses %s', (_, body, message) => {
    expect(() => parseTemplate(body)).toThrow(message);
  });
});
