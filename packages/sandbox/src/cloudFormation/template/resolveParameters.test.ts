import { ParameterDefinition } from './Template';
import { resolveParameters } from './resolveParameters';

function resolveOne(
  definition: Partial<ParameterDefinition>,
  value: string | undefined,
) {
  return resolveParameters({
    definitions: { P: { Type: 'String', ...definition } },
    given: value === undefined ? {} : { P: value },
  }).P;
}

describe('resolveParameters', () => {
  it.each<[Partial<ParameterDefinition>, string | undefined, unknown]>([
    [{}, 'a', 'a'],
    [{ Default: 'd' }, undefined, 'd'],
    [{ Default: 'd' }, '', ''],
    [{ Type: 'Number' }, '12', '12'],
    [{ Type: 'CommaDelimitedList' }, 'a, b', ['a', 'b']],
    [{ Type: 'CommaDelimitedList', Default: '' }, undefined, []],
    [{ Type: 'List<Number>' }, '1,2', ['1', '2']],
    [{ Type: 'List<AWS::EC2::Subnet::Id>' }, 's-1', ['s-1']],
    [{ Type: 'List<String>' }, 'a,b', ['a', 'b']],
    [{ Type: 'AWS::SSM::Parameter::Name' }, '/a/b', '/a/b'],
    [{ Type: 'AWS::SSM::Parameter::Value<List<String>>' }, 'a,b', ['a', 'b']],
  ])('%j takes %j', (definition, value, expected) => {
    expect(resolveOne(definition, value)).toEqual(expected);
  });

  it.each<[Partial<ParameterDefinition>, string | undefined, string]>([
    [{}, undefined, 'Parameters: [P] must have values'],
    [
      { AllowedValues: ['a'] },
      'b',
      "Parameter 'P' must be one of AllowedValues",
    ],
    [{ AllowedPattern: 'a+' }, 'ab', "Parameter 'P' must match pattern a+"],
    [{ AllowedPattern: 'a|b' }, 'ab', "Parameter 'P' must match pattern a|b"],
    [
      { AllowedPattern: 'a', ConstraintDescription: 'only a' },
      'b',
      "Parameter 'P' failed to satisfy constraint: only a",
    ],
    [{ MinLength: 2 }, 'a', "Parameter 'P' must contain at least 2 characters"],
    [{ MaxLength: 1 }, 'ab', "Parameter 'P' must contain at most 1 characters"],
    [{ Type: 'Number' }, 'x', "Parameter 'P' must be a number"],
    [{ Type: 'Number', MinValue: 2 }, '1', 'not less than 2'],
    [{ Type: 'Number', MaxValue: 2 }, '3', 'not greater than 2'],
    [
      { Type: 'CommaDelimitedList', AllowedPattern: 'a' },
      'a,b',
      'must match pattern',
    ],
    [
      { Type: 'CommaDelimitedList', AllowedPattern: 'a' },
      '',
      'must match pattern',
    ],
    [{ Type: 'AWS::SSM::Parameter' }, 'x', 'which is not supported'],
  ])('%j refuses %j', (definition, value, message) => {
    expect(() => resolveOne(definition, value)).toThrow(message);
  });

  it('refuses what the template does not declare', () => {
    expect(() =>
      resolveParameters({ definitions: {}, given: { A: '1', B: '2' } }),
    ).toThrow('Parameters: [A, B] do not exist in the template');
  });
});
