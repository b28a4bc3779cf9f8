import { coversDomain } from './checkCertificate';

describe('coversDomain', () => {
  it.each([
    [['a.example.com'], 'A.example.com', true],
    [['*.example.com'], 'a.example.com', true],
    [['*.example.com'], 'a.b.example.com', false],
    [['*.example.com'], 'example.com', false],
    [['b.example.com', '*.com'], 'example.com', true],
  ])('holds the names %j against %s', (domainNames, domainName, expected) => {
    expect(coversDomain({ domainNames }, domainName)).toBe(expected);
  });
});
