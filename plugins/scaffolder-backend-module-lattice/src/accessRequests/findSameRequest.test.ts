import type { AccessRequest } from '@lattice-portal/plugin-lattice-common';
import { findSameRequest } from './findSameRequest';

const wanted = {
  callerId: 'arn:aws:iam::667788990011:role/batch-export',
  serviceArn:
    'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0',
  methods: ['GET', 'POST'],
  paths: ['/items/*'],
  reason: 'Nightly export',
};

function stored(changes: Partial<AccessRequest>): AccessRequest {
  return {
    ...wanted,
    id: 'one',
    status: 'pending',
    serviceName: 'inventory',
    requestedBy: 'user:default/ada',
    createdAt: '2026-01-01T00:00:00.000Z',
    changes: [],
    effect: { from: '', to: '', newlyAllowed: [], stillDenied: 0, unknown: [] },
    events: [],
    permitted: [],
    ...changes,
  };
}

describe('findSameRequest', () => {
  it.each<[string, Partial<AccessRequest>, boolean]>([
    ['pending', {}, true],
    ['in force', { status: 'verified' }, true],
    ['in another order', { methods: ['POST', 'GET'] }, true],
    ['for another reason', { reason: 'Daily export' }, true],
    ['refused', { status: 'refused' }, false],
    ['expired', { status: 'expired' }, false],
    ['to be computed again', { status: 'void' }, false],
    ['with fewer methods', { methods: ['GET'] }, false],
    ['for other paths', { paths: ['/items'] }, false],
    ['for a time', { expiresAt: '2026-02-01T00:00:00.000Z' }, false],
    ['of another caller', { callerId: `${wanted.callerId}-2` }, false],
    ['for another service', { serviceArn: `${wanted.serviceArn}0` }, false],
  ])('a request %s', (_, changes, same) => {
    expect(findSameRequest([stored(changes)], wanted)?.id).toBe(
      same ? 'one' : undefined,
    );
  });
});
