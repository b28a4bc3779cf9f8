import { describeCondition } from './describeCondition';

const until = '2026-12-22T21:17:00Z';

describe('describeCondition', () => {
  it.each<[operator: string, key: string, values: string[], said: string]>([
    [
      'DateLessThan',
      'aws:CurrentTime',
      [until],
      'Only until 22 Dec 2026, 21:17 UTC',
    ],
    [
      'DateGreaterThanEquals',
      'aws:CurrentTime',
      ['1798060620'],
      'Only from 23 Dec 2026, 21:17 UTC on',
    ],
    [
      'DateGreaterThan',
      'aws:TokenIssueTime',
      [until],
      'Only if aws:TokenIssueTime is after 22 Dec 2026, 21:17 UTC',
    ],
    ['DateLessThan', 'aws:CurrentTime', ['some day'], 'Only until some day'],
    [
      'StringEquals',
      'vpc-lattice-svcs:RequestMethod',
      ['GET', 'HEAD'],
      'Only if the method is GET or HEAD',
    ],
    [
      'StringNotEquals',
      'vpc-lattice-svcs:RequestMethod',
      ['GET'],
      'Only if the method is not GET',
    ],
    [
      'StringNotEquals',
      'vpc-lattice-svcs:RequestMethod',
      ['PUT', 'POST'],
      'Only if the method is neither PUT nor POST',
    ],
    [
      'StringEqualsIgnoreCase',
      'vpc-lattice-svcs:RequestMethod',
      ['get'],
      'Only if the method is get, in upper or lower case',
    ],
    [
      'StringNotLike',
      'vpc-lattice-svcs:RequestHeader/x-tenant',
      ['a*', 'b'],
      'Only if the header x-tenant is neither like a* nor b',
    ],
    [
      'StringEqualsIfExists',
      'aws:PrincipalTag/team',
      ['red'],
      "Only if the caller's tag team is red, or the caller's tag team is not there",
    ],
    [
      'StringEquals',
      'vpc-lattice-svcs:SourceVpc',
      ['vpc-1', 'vpc-2'],
      'Only from VPC vpc-1 or vpc-2',
    ],
    [
      'StringNotEquals',
      'vpc-lattice-svcs:SourceVpc',
      ['vpc-1'],
      'Only not from VPC vpc-1',
    ],
    [
      'StringLike',
      'vpc-lattice-svcs:SourceVpc',
      ['vpc-1*'],
      'Only from a VPC like vpc-1*',
    ],
    [
      'Null',
      'vpc-lattice-svcs:RequestHeader/x-tenant',
      ['true'],
      'Only if the header x-tenant is not there',
    ],
    [
      'Null',
      'aws:PrincipalOrgID',
      ['false'],
      "Only if the caller's organization is there",
    ],
    [
      'Bool',
      'aws:SecureTransport',
      ['true'],
      'Only if encryption in transit is true',
    ],
    [
      'NumericLessThanEquals',
      'vpc-lattice-svcs:Port',
      ['443'],
      'Only if the port is at most 443',
    ],
    [
      'IpAddress',
      'aws:SourceIp',
      ['10.0.0.0/8', '192.168.0.0/16'],
      'Only if the source address is in 10.0.0.0/8 or 192.168.0.0/16',
    ],
    [
      'NotIpAddress',
      'aws:SourceIp',
      ['10.0.0.0/8'],
      'Only if the source address is not in 10.0.0.0/8',
    ],
    [
      'ArnEquals',
      'aws:PrincipalArn',
      ['arn:aws:iam::1:role/*'],
      'Only if the caller is like arn:aws:iam::1:role/*',
    ],
    [
      'ForAnyValue:StringLike',
      'aws:PrincipalOrgPaths',
      ['o-1/*'],
      "Only if at least one value of the caller's organization paths is like o-1/*",
    ],
    [
      'ForAllValues:StringNotEquals',
      'vpc-lattice-svcs:RequestQueryString/q',
      ['a'],
      'Only if every value of the query parameter q, if there is any, is not a',
    ],
    ['StringEquals', 'some:Key', [''], 'Only if some:Key is “”'],
    ['StringEquals', 'some:Key', [], 'Only if StringEquals some:Key'],
    [
      'StringResembles',
      'some:Key',
      ['a', 'b'],
      'Only if StringResembles some:Key a, b',
    ],
    [
      'ForSome:StringEquals',
      'some:Key',
      ['a'],
      'Only if ForSome:StringEquals some:Key a',
    ],
    ['Null', 'some:Key', ['maybe'], 'Only if Null some:Key maybe'],
  ])('%s %s %j', (operator, key, values, said) => {
    expect(describeCondition({ operator, key, values }).join(' ')).toBe(said);
  });
});
