import {
  type FieldCondition,
  formatFieldCondition,
  operatorsOf,
  parseFieldCondition,
  type RecordField,
  recordFields,
} from './fieldConditions';

const conditions: [string, FieldCondition][] = [
  [
    'userAgent:contains:curl/8: x',
    { field: 'userAgent', operator: 'contains', value: 'curl/8: x' },
  ],
  [
    'serviceArn:equals:arn:aws:vpc-lattice:us-east-1:1:service/svc-1',
    {
      field: 'serviceArn',
      operator: 'equals',
      value: 'arn:aws:vpc-lattice:us-east-1:1:service/svc-1',
    },
  ],
  [
    'requestPath:equals:a\nb',
    { field: 'requestPath', operator: 'equals', value: 'a\nb' },
  ],
  [
    'duration:atLeast:0.5',
    { field: 'duration', operator: 'atLeast', value: 0.5 },
  ],
  [
    'bytesSent:below:100',
    { field: 'bytesSent', operator: 'below', value: 100 },
  ],
  [
    'responseCode:equals:403',
    { field: 'responseCode', operator: 'equals', value: 403 },
  ],
  ['hostHeader:present', { field: 'hostHeader', operator: 'present' }],
  ['duration:absent', { field: 'duration', operator: 'absent' }],
];

describe('parseFieldCondition', () => {
  it.each(conditions)('reads and writes %j', (text, condition) => {
    expect(parseFieldCondition(text)).toEqual(condition);
    expect(formatFieldCondition(condition)).toBe(text);
  });

  it.each([
    ['', /no condition/],
    ['userAgent', /no condition/],
    ['constructor:present', /“constructor” is no field/],
    ['timestamp:equals:1', /“timestamp” is no field/],
    ["x'--:equals:1", /is no field/],
    ['userAgent:like:a', /contains, equals, present, absent, not by “like”/],
    ['userAgent:below:1', /not by “below”/],
    ['duration:contains:1', /not by “contains”/],
    ['duration:atLeast:NaN', /is a number, and “NaN” is none/],
    ['duration:atLeast:1e999', /is a number/],
    ['duration:equals:', /needs a value/],
    ['userAgent:contains', /needs a value/],
    ['userAgent:absent:x', /takes no value/],
  ])('refuses %j', (text, message) => {
    expect(() => parseFieldCondition(text)).toThrow(message);
  });

  it('takes each operator of each field', () => {
    for (const field of Object.keys(recordFields) as RecordField[]) {
      for (const operator of operatorsOf(field)) {
        const text = ['present', 'absent'].includes(operator)
          ? `${field}:${operator}`
          : `${field}:${operator}:1`;
        expect(formatFieldCondition(parseFieldCondition(text))).toBe(text);
      }
    }
  });
});
