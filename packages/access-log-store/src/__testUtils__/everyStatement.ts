import { callers } from '../questions/callers';
import { callsByRequestId } from '../questions/callsByRequestId';
import { callShapes } from '../questions/callShapes';
import { causes } from '../questions/causes';
import { connections } from '../questions/connections';
import { deniedRequests } from '../questions/deniedRequests';
import { edges } from '../questions/edges';
import { outcomesOverTime } from '../questions/outcomesOverTime';
import { writeCursor } from '../questions/pageCursor';
import { type CallField, callFields } from '../schema/callFields';
import type { Sql } from '../sql/Sql';
import type { Statement } from '../sql/Statement';
import type { CallScope, ShapeField } from '../types';

const shapeFields: ShapeField[] = [
  'principal',
  'requestMethod',
  'requestPath',
  'serviceNetworkArn',
  'sourceVpcArn',
  'sourceVpcId',
  'callerPrincipalOrgId',
  'callerPrincipalTags',
  'timestamp',
];

/** Every statement that the store can put to an engine, in all its parts; filters by a field of each type. */
export function everyStatement(
  isVisible: Sql,
  example: {
    scope: CallScope;
    requestId: string;
    cursor: { time: number; key: string };
  },
): [string, Statement][] {
  const { requestId, cursor } = example;
  const whole = { from: example.scope.from, to: example.scope.to };
  const fieldNames: CallField[] = [
    'requestPath',
    'callerX509SANURI',
    'responseCode',
    'duration',
  ];
  const statements: [string, { statement(visible: Sql): Statement }][] = [];
  for (const scope of [whole, example.scope]) {
    const of = scope === whole ? 'of all' : 'of some';
    statements.push(
      [
        `outcomes over time ${of}`,
        outcomesOverTime({ ...scope, step: 300_000 }),
      ],
      [`callers ${of}`, callers(scope)],
      [`causes ${of}`, causes(scope)],
      [`edges ${of}`, edges({ ...scope, durationBounds: [1, 2.5, 1000] })],
      [`edges without bounds ${of}`, edges({ ...scope, durationBounds: [] })],
      [`denied requests ${of}`, deniedRequests(scope)],
      [
        `denied requests after some ${of}`,
        deniedRequests({ ...scope, limit: 5, after: writeCursor(cursor) }),
      ],
      [`calls by request id ${of}`, callsByRequestId({ ...scope, requestId })],
      [`shapes ${of}`, callShapes({ ...scope, fields: [] })],
      [
        `shapes by everything ${of}`,
        callShapes({ ...scope, fields: shapeFields }),
      ],
      [
        `shapes by paths that differ ${of}`,
        callShapes({
          ...scope,
          fields: ['requestMethod', 'requestPath'],
          paths: {
            words: {
              whole: ['orders', '1041'],
              starts: ['or', 'v2'],
              ends: ['ers', '2'],
              parts: ['de', '-4'],
            },
          },
          wholeFor: {
            outcomes: ['denied-by-service', 'denied-by-network'],
            fields: ['sourceVpcId', 'callerPrincipalTags', 'timestamp'],
          },
        }),
      ],
      [
        `shapes by plain paths ${of}`,
        callShapes({
          ...scope,
          fields: ['requestPath'],
          paths: { words: { whole: ['api'], starts: [], ends: [], parts: [] } },
        }),
      ],
    );
  }
  for (const field of fieldNames) {
    const isText = callFields[field] === 'text';
    const where = [
      { equals: isText ? ["it's", 'a?'] : [1.5, 403] },
      { present: false },
      isText ? { contains: 'É%_' } : { atLeast: 0.5, below: 1e21 },
    ];
    for (const filter of where) {
      statements.push([
        `${field} ${Object.keys(filter)}`,
        deniedRequests({ ...whole, where: { [field]: filter }, limit: 3 }),
      ]);
    }
  }
  statements.push(
    ['nothing', callers({ ...whole, serviceArns: [], accountIds: [] })],
    ['connections', connections(whole)],
    [
      'connections to some',
      connections({ ...whole, resourceConfigurationArns: ['arn:rcfg'] }),
    ],
    [
      'a long text',
      callsByRequestId({ ...whole, requestId: "it's long 😀 ".repeat(200) }),
    ],
  );
  return statements.map(([name, question]) => [
    name,
    question.statement(isVisible),
  ]);
}
