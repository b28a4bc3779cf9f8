import { checkParameters } from './checkParameters';
import { toParameterValues } from './parameterValues';

describe('checkParameters', () => {
  it.each([
    ['a default', { DefaultValue: 'x' }, undefined, []],
    [
      'no default',
      {},
      undefined,
      ['P: a value is missing, and the product has no default'],
    ],
    [
      'an allowed value',
      { ParameterConstraints: { AllowedValues: ['a', 'b'] } },
      'a',
      [],
    ],
    [
      'a value not allowed',
      { ParameterConstraints: { AllowedValues: ['a', 'b'] } },
      'c',
      ["P: 'c' is not allowed; allowed are a, b"],
    ],
    [
      'no allowed values named',
      { ParameterConstraints: { AllowedValues: [] } },
      'c',
      [],
    ],
    [
      'text too short',
      { ParameterConstraints: { MinLength: '2' } },
      'c',
      ["P: 'c' is shorter than 2 characters"],
    ],
    [
      'text too long',
      { ParameterConstraints: { MaxLength: '2' } },
      'ccc',
      ["P: 'ccc' is longer than 2 characters"],
    ],
    [
      'text that only holds the pattern',
      { ParameterConstraints: { AllowedPattern: '[a-z]+' } },
      'a1',
      ["P: 'a1' doesn't match [a-z]+"],
    ],
    [
      'a pattern with an explanation',
      {
        ParameterConstraints: {
          AllowedPattern: '[a-z]+',
          ConstraintDescription: 'letters only',
        },
      },
      '1',
      ['P: letters only'],
    ],
    [
      "a pattern that is Java's",
      { ParameterConstraints: { AllowedPattern: '\\p{Lower}++' } },
      'A',
      [],
    ],
    [
      'a number',
      {
        ParameterType: 'Number',
        ParameterConstraints: { MinValue: '1', MaxValue: '3' },
      },
      '2',
      [],
    ],
    [
      'no number',
      { ParameterType: 'Number' },
      'two',
      ["P: 'two' is not a number"],
    ],
    [
      'a number too small',
      { ParameterType: 'Number', ParameterConstraints: { MinValue: '1' } },
      '0',
      ['P: 0 is less than 1'],
    ],
    [
      'a number too large',
      { ParameterType: 'Number', ParameterConstraints: { MaxValue: '3' } },
      '4',
      ['P: 4 is more than 3'],
    ],
    [
      'a list',
      {
        ParameterType: 'CommaDelimitedList',
        ParameterConstraints: { AllowedPattern: 'GET|POST' },
      },
      'GET, POST',
      [],
    ],
    [
      'a list with a wrong element',
      {
        ParameterType: 'CommaDelimitedList',
        ParameterConstraints: { AllowedPattern: 'GET|POST' },
      },
      'GET,get',
      ["P: 'get' doesn't match GET|POST"],
    ],
  ])('%s', (_, parameter, value, expected) => {
    expect(
      checkParameters({
        offered: [{ ParameterKey: 'P', ...parameter }],
        values: toParameterValues({ P: value }),
      }),
    ).toEqual(expected);
  });

  it('names all that is wrong at once', () => {
    expect(
      checkParameters({
        offered: [{ ParameterKey: 'A' }, { ParameterKey: 'B' }],
        values: toParameterValues({ A: null, C: 1, D: ['x', 'y'], B: true }),
      }),
    ).toEqual([
      'C: the product has no such parameter; it has A, B',
      'D: the product has no such parameter; it has A, B',
      'A: a value is missing, and the product has no default',
    ]);
  });
});
