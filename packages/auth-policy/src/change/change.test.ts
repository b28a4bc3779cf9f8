import { PolicyDocument, PolicyStatement } from '../types';
import { addStatements } from './addStatements';
import { generalisePath } from './generalisePath';
import {
  AUTH_POLICY_MAX_CHARACTERS,
  minifyPolicy,
  policySize,
} from './minifyPolicy';
import { proposeStatement } from './proposeStatement';
import { removeStatements } from './removeStatements';

const SERVICE =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0';
const caller = {
  arn: 'arn:aws:sts::667788990011:assumed-role/batch-export/i-1',
};

const ours: PolicyStatement = {
  Sid: 'Ours',
  Effect: 'Allow',
  Principal: '*',
  Action: '*',
  Resource: '*',
};
const foreign: PolicyStatement = { ...ours, Sid: 'Foreign', Effect: 'Deny' };

describe('proposeStatement', () => {
  it('allows the role, the methods and the paths, and nothing else', () => {
    expect(
      proposeStatement({
        sid: 'LatticePortalA1',
        caller,
        serviceArn: SERVICE,
        methods: ['GET', 'HEAD', 'GET'],
        paths: ['/items/*', 'stock'],
        sourceVpc: 'vpc-5',
        expiresAt: new Date('2026-12-24T18:00:00.123Z'),
      }),
    ).toEqual({
      Sid: 'LatticePortalA1',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::667788990011:role/batch-export' },
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: [`${SERVICE}/items/*`, `${SERVICE}/stock`],
      Condition: {
        StringEquals: {
          'vpc-lattice-svcs:RequestMethod': ['GET', 'HEAD'],
          'vpc-lattice-svcs:SourceVpc': 'vpc-5',
        },
        DateLessThan: { 'aws:CurrentTime': '2026-12-24T18:00:00Z' },
      },
    });
  });

  it('prefers the ARN of the role and leaves out what is not asked for', () => {
    const roleArn = 'arn:aws:iam::667788990011:role/jobs/batch-export';
    expect(
      proposeStatement({
        sid: 'A',
        caller: { ...caller, roleArn },
        serviceArn: SERVICE,
        methods: [],
        paths: ['/items'],
      }),
    ).toEqual({
      Sid: 'A',
      Effect: 'Allow',
      Principal: { AWS: roleArn },
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: `${SERVICE}/items`,
    });
  });

  it.each([
    [{ sid: 'a-b' }, 'Sid "a-b" may only hold letters and digits'],
    [{ paths: [] }, 'At least one path is needed'],
    [{ paths: ['/${x}'] }, 'Path "/${x}" would be read as a policy variable'],
  ])('refuses %j', (changes, message) => {
    expect(() =>
      proposeStatement({
        sid: 'A',
        caller,
        serviceArn: SERVICE,
        methods: [],
        paths: ['/'],
        ...changes,
      }),
    ).toThrow(expect.objectContaining({ name: 'InputError', message }));
  });
});

describe('generalisePath', () => {
  it.each([
    ['/', '/'],
    ['', ''],
    ['/a/', '/a/'],
    ['//1041//', '//*//'],
    ['1041', '*'],
    ['1041/lines', '*/lines'],
    ['/orders', '/orders'],
    ['/a1/é1', '/a1/é1'],
    ['/blobs/abcdefab-abcd-abcd-abcd-abcdefabcdef', '/blobs/*'],
    ['/orders/1041', '/orders/*'],
    ['/orders/1041/lines/2', '/orders/*/lines/*'],
    ['/items/3f2504e0-4f89-41d3-9a0c-0305e82c3301', '/items/*'],
    ['/items/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/items/*'],
    ['/items/ord_1a2b3c', '/items/*'],
    ['/items/export', '/items/export'],
    ['/blobs/9f86d081884c7d65', '/blobs/*'],
    ['/blobs/deadbeef01', '/blobs/*'],
    ['/facade/deadbeef', '/facade/deadbeef'],
    ['/days/2026-11-22', '/days/*'],
    ['/users/ada@example.com', '/users/*'],
    ['/v1/items/export', '/v1/items/export'],
    ['/v2beta1/orders', '/v2beta1/orders'],
    ['/steps/step-2', '/steps/step-2'],
    ['/oauth2/token', '/oauth2/token'],
    ['/api.parking/GetRates', '/api.parking/GetRates'],
    [`/${'x'.repeat(100)}`, `/${'x'.repeat(100)}`],
    [`/${'x'.repeat(101)}`, '/*'],
  ])('%s becomes %s', (path, expected) => {
    expect(generalisePath(path)).toBe(expected);
    expect(generalisePath(expected)).toBe(expected);
  });
});

describe('changing a document', () => {
  const document: PolicyDocument = {
    Version: '2008-10-17',
    Id: 'keep',
    Statement: foreign,
  };

  it('adds at the end and keeps everything else', () => {
    const before = JSON.stringify(document);
    const result = addStatements(document, [ours]);

    expect(JSON.stringify(result)).toBe(
      JSON.stringify({
        Version: '2008-10-17',
        Id: 'keep',
        Statement: [foreign, ours],
      }),
    );
    expect(JSON.stringify(document)).toBe(before);
    expect(addStatements(result, [{ ...ours }])).toEqual(result);
    expect(removeStatements(result, ['Ours', 'Nobody'])).toEqual({
      ...document,
      Statement: [foreign],
    });
  });

  it('refuses a Sid that is there with other content', () => {
    expect(() =>
      addStatements(document, [{ ...ours, Sid: 'Foreign' }]),
    ).toThrow(
      expect.objectContaining({
        name: 'ConflictError',
        message: 'The policy already has another statement with Sid "Foreign"',
      }),
    );
  });

  it('starts a document where there is none', () => {
    expect(addStatements(undefined, [ours])).toEqual({
      Version: '2012-10-17',
      Statement: [ours],
    });
  });

  it('prints it without line breaks and measures it', () => {
    const text = minifyPolicy({ Statement: [{ ...ours, Sid: 'a\nb' }] });

    expect(text).not.toContain('\n');
    expect(policySize(text)).toBe(text.length);
    expect(policySize(text)).toBeLessThan(AUTH_POLICY_MAX_CHARACTERS);
  });
});
