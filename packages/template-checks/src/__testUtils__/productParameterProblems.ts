/** What CloudFormation would say of a product's parameters before it makes anything. */
export function productParameterProblems(
  template: { Parameters: Record<string, any> },
  parameters: Record<string, unknown>,
): string[] {
  const unknown = Object.keys(parameters)
    .filter(name => !template.Parameters[name])
    .map(name => `${name} is no parameter`);
  const wrong = Object.entries(template.Parameters).flatMap(
    ([name, declared]) => {
      const given = parameters[name] ?? declared.Default;
      if (given === undefined) {
        return [`${name} is missing`];
      }
      const text = Array.isArray(given) ? given.join(',') : String(given);
      const items = /List/.test(declared.Type) ? text.split(',') : [text];
      const { AllowedPattern, AllowedValues, MinLength, MaxLength } = declared;
      return items
        .filter(
          item =>
            (AllowedPattern &&
              !new RegExp(`^(?:${AllowedPattern})$`).test(item)) ||
            (AllowedValues && !AllowedValues.map(String).includes(item)) ||
            (MinLength && item.length < MinLength) ||
            (MaxLength && item.length > MaxLength) ||
            (declared.Type === 'Number' &&
              !(
                Number(item) >= (declared.MinValue ?? -Infinity) &&
                Number(item) <= (declared.MaxValue ?? Infinity)
              )),
        )
        .map(item => `${name} can't be "${item}"`);
    },
  );
  return [...unknown, ...wrong];
}
