import { Scope, evaluate, evaluateCondition } from './evaluate';

const scope: Scope = {
  ref: name =>
    ({ Name: 'orders', Port: '443', Names: ['a', 'b'], 'AWS::Region': 'eu-1' }[
      name
    ]),
  getAtt: (logicalId, attribute) => `${logicalId}#${attribute}`,
  condition: name => name === 'Yes',
  findInMap: (...path) => path.join('>'),
  importValue: name => `imported ${name}`,
};

describe('evaluate', () => {
  it.each<[string, unknown, unknown]>([
    ['Ref', { Ref: 'Name' }, 'orders'],
    ['Ref of a list', { Ref: 'Names' }, ['a', 'b']],
    ['GetAtt', { 'Fn::GetAtt': ['Net', 'Arn'] }, 'Net#Arn'],
    [
      'GetAtt with dots',
      { 'Fn::GetAtt': 'S.DnsEntry.Name' },
      'S#DnsEntry.Name',
    ],
    ['Sub', { 'Fn::Sub': '${Name}-${AWS::Region}' }, 'orders-eu-1'],
    ['Sub of an attribute', { 'Fn::Sub': '${S.Dns.Name}/*' }, 'S#Dns.Name/*'],
    [
      'Sub literal',
      { 'Fn::Sub': '${!aws:username} ${Name}' },
      '${aws:username} orders',
    ],
    [
      'Sub with variables',
      { 'Fn::Sub': ['${X}.${Name}', { X: { Ref: 'Port' } }] },
      '443.orders',
    ],
    [
      'Sub variables first',
      { 'Fn::Sub': ['${Name}', { Name: 'mine' }] },
      'mine',
    ],
    ['Join', { 'Fn::Join': ['/', ['a', { Ref: 'Port' }, 1]] }, 'a/443/1'],
    ['Join of a list', { 'Fn::Join': [',', { Ref: 'Names' }] }, 'a,b'],
    ['Select', { 'Fn::Select': ['1', { Ref: 'Names' }] }, 'b'],
    ['Split', { 'Fn::Split': ['|', 'a|b|'] }, ['a', 'b', '']],
    [
      'Cidr',
      { 'Fn::Cidr': ['10.1.0.0/16', 3, '8'] },
      ['10.1.0.0/24', '10.1.1.0/24', '10.1.2.0/24'],
    ],
    [
      'Cidr of an address within the network',
      { 'Fn::Cidr': ['192.168.5.77/24', '2', 5] },
      ['192.168.5.0/27', '192.168.5.32/27'],
    ],
    [
      'Cidr of IPv6',
      { 'Fn::Cidr': ['2001:db8:1234:1a00::/56', 2, 64] },
      ['2001:db8:1234:1a00::/64', '2001:db8:1234:1a01::/64'],
    ],
    ['GetAZs', { 'Fn::GetAZs': '' }, ['eu-1a', 'eu-1b', 'eu-1c']],
    [
      'GetAZs of a region',
      { 'Fn::Select': [1, { 'Fn::GetAZs': 'us-2' }] },
      'us-2b',
    ],
    ['Length', { 'Fn::Length': { Ref: 'Names' } }, 2],
    [
      'ToJsonString',
      {
        'Fn::ToJsonString': {
          a: [{ Ref: 'Port' }],
          b: { Ref: 'AWS::NoValue' },
        },
      },
      '{"a":["443"]}',
    ],
    [
      'FindInMap with an unused default',
      { 'Fn::FindInMap': ['M', 'a', 'b', { DefaultValue: 'd' }] },
      'M>a>b',
    ],
    ['Base64', { 'Fn::Base64': 'hi' }, 'aGk='],
    [
      'FindInMap',
      { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'k'] },
      'M>eu-1>k',
    ],
    [
      'ImportValue',
      { 'Fn::ImportValue': { 'Fn::Sub': '${Name}-x' } },
      'imported orders-x',
    ],
    ['If true', { 'Fn::If': ['Yes', { Ref: 'Name' }, 2] }, 'orders'],
    [
      'If false',
      { 'Fn::If': ['No', 1, { a: { Ref: 'Name' } }] },
      { a: 'orders' },
    ],
    ['NoValue in objects', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
    [
      'NoValue in lists',
      [1, { 'Fn::If': ['No', 2, { Ref: 'AWS::NoValue' }] }],
      [1],
    ],
    [
      'functions at depth',
      { a: [{ b: { Ref: 'Name' } }] },
      { a: [{ b: 'orders' }] },
    ],
    [
      'a statement of a policy',
      { Condition: { StringEquals: { k: { Ref: 'Name' } } } },
      { Condition: { StringEquals: { k: 'orders' } } },
    ],
    ['a lone Condition of a policy', { Condition: 'x' }, { Condition: 'x' }],
  ])('%s', (_, value, expected) => {
    expect(evaluate(value, scope)).toEqual(expected);
  });

  it.each<[string, unknown, string]>([
    [
      'Select out of range',
      { 'Fn::Select': [2, ['a', 'b']] },
      'nonexistent value at index 2',
    ],
    [
      'a list in Sub',
      { 'Fn::Sub': '${Names}' },
      'variable Names in Fn::Sub needs a string',
    ],
    ['Cidr of no network', { 'Fn::Cidr': ['10.0.0/8', 1, 8] }, 'not 10.0.0/8'],
    [
      'Cidr of too small a network',
      { 'Fn::Cidr': ['10.0.0.0/24', 9, 5] },
      "can't make 9 blocks of 5 bits in 10.0.0.0/24",
    ],
    ['Length of no list', { 'Fn::Length': 'a' }, 'Fn::Length needs a list'],
    ['Join of no list', { 'Fn::Join': [',', 'a'] }, 'Fn::Join needs a list'],
    ['an unknown function', { 'Fn::Nope': [] }, 'Fn::Nope is not supported'],
  ])('refuses %s', (_, value, message) => {
    expect(() => evaluate(value, scope)).toThrow(message);
  });
});

describe('evaluateCondition', () => {
  it.each<[string, unknown, boolean]>([
    ['Equals', { 'Fn::Equals': [{ Ref: 'Port' }, 443] }, true],
    [
      'Equals of lists',
      { 'Fn::Equals': [{ Ref: 'Names' }, ['a', 'c']] },
      false,
    ],
    ['Not', { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }, true],
    ['And', { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] }, false],
    ['Or', { 'Fn::Or': [{ Condition: 'No' }, { Condition: 'Yes' }] }, true],
    ['another condition', { Condition: 'Yes' }, true],
  ])('%s', (_, value, expected) => {
    expect(evaluateCondition(value, scope)).toBe(expected);
  });
});
