import {
  hasMergedParameters,
  mergedParameters,
  mergedPolicyIn,
} from './mergedParameters';

describe('mergedParameters', () => {
  it.each([
    ['nothing', undefined],
    ['little', '{}'],
    ['all that one parameter holds', 'x'.repeat(4096)],
    ['all that VPC Lattice takes', `${'ab '.repeat(3333)}c`],
    // 3 bytes each, so that no parameter ends with the last byte of one.
    ['letters of several bytes', '在'.repeat(4000)],
    ['letters of two units', '😀'.repeat(2500)],
  ])('holds %s, and gives it back', (_, policy) => {
    const values = mergedParameters(policy);
    expect(hasMergedParameters(Object.keys(values))).toBe(true);
    for (const value of Object.values(values)) {
      expect(Buffer.byteLength(value)).toBeLessThanOrEqual(4096);
    }
    expect(mergedPolicyIn(values)).toBe(policy);
  });

  it.each([
    ['more characters than VPC Lattice takes', 'x'.repeat(10_001)],
    ['more bytes than three parameters hold', '在'.repeat(4097)],
  ])('refuses %s', (_, policy) => {
    expect(() => mergedParameters(policy)).toThrow(/Nothing was changed/);
  });
});
