import { addStatements } from '../change/addStatements';
import { proposeStatement } from '../change/proposeStatement';
import { estateCases } from '../cases/estateCases';
import { PolicyDocument } from '../types';
import { decide } from './decide';

describe("a company's policies", () => {
  it.each(estateCases.map(each => [each.call, each] as const))(
    '%s',
    (_call, { options, results, outcome }) => {
      const verdict = decide(options);

      expect(verdict.layers.map(({ result }) => result)).toEqual(results);
      expect(verdict.outcome).toBe(outcome);
    },
  );

  it('explains a denial by the nearest statement, and a proposed statement ends it', () => {
    const { options } = estateCases.find(({ call }) =>
      call.startsWith('batch-export'),
    )!;
    const [, service] = decide(options).layers;

    expect(service.nearest.map(({ sid }) => sid)).toEqual([
      'ReadItems',
      'ReserveItems',
    ]);
    expect(service.nearest[0].failed).toEqual([
      {
        code: 'principal-not-listed',
        element: 'Principal',
        wanted: [
          'arn:aws:iam::223344556677:root',
          'arn:aws:iam::445566778899:role/public-proxy',
        ],
        got: ['arn:aws:sts::667788990011:assumed-role/batch-export/task-1'],
        message:
          'The statement is for arn:aws:iam::223344556677:root or arn:aws:iam::445566778899:role/public-proxy, but the caller is arn:aws:sts::667788990011:assumed-role/batch-export/task-1.',
      },
    ]);
    expect(service.message).toContain(
      "No statement of the service's auth policy allows the call. Statement ReadItems is nearest:",
    );

    const statement = proposeStatement({
      sid: 'LatticePortal1',
      caller: {
        arn: 'arn:aws:sts::667788990011:assumed-role/batch-export/task-1',
      },
      serviceArn: options.request.serviceArn,
      methods: ['GET'],
      paths: ['/items/export'],
      sourceVpc: 'vpc-5',
    });
    const policy = addStatements(
      (options.service as { policy: PolicyDocument }).policy,
      [statement],
    );
    const after = decide({
      ...options,
      service: { authType: 'AWS_IAM', policy },
    });

    expect(after.outcome).toBe('allowed');
    expect(after.layers[1].statement).toEqual({
      index: 2,
      sid: 'LatticePortal1',
    });
  });

  it('leaves a log record without headers and organization open where they count', () => {
    const { options } = estateCases.find(({ call }) =>
      call.includes('POST payments'),
    )!;
    const verdict = decide({
      ...options,
      request: { ...options.request, headers: undefined },
      identity: { unreadable: 'access denied' },
    });

    expect(verdict.outcome).toBe('unknown');
    expect(verdict.layers.map(({ unknown }) => unknown)).toEqual([
      [],
      [
        "vpc-lattice-svcs:RequestHeader/x-tenant: the request's headers are not known",
      ],
      ['identity: access denied'],
    ]);
  });
});
