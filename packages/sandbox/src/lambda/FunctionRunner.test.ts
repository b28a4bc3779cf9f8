import type { LambdaFunction } from '../estate/resources';
import { FunctionRunner } from './FunctionRunner';

function functionOf(code: string, changes: Partial<LambdaFunction> = {}) {
  return {
    arn: 'arn:aws:lambda:us-east-1:223344556677:function:hello',
    accountId: '223344556677',
    region: 'us-east-1',
    name: 'hello',
    roleArn: 'arn:aws:iam::223344556677:role/hello',
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    code,
    environment: { GREETING: 'hello' },
    timeoutSeconds: 1,
    tags: {},
    permissions: {},
    createdAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  } satisfies LambdaFunction;
}

describe('FunctionRunner', () => {
  const runner = FunctionRunner.create({ memoryMegabytes: 32 });
  afterAll(() => runner.close());

  it.each([
    [
      'an async handler with its environment alone',
      'exports.handler = async event => ({ said: process.env.GREETING, to: event.name, path: process.env.PATH })',
      { ok: true, payload: { said: 'hello', to: 'world' } },
    ],
    [
      'a callback handler',
      'exports.handler = (event, context, done) => done(null, { name: context.functionName })',
      { ok: true, payload: { name: 'hello' } },
    ],
    [
      'module.exports and require',
      "const { join } = require('node:path'); module.exports = { handler: () => join('a', 'b') }",
      { ok: true, payload: 'a/b' },
    ],
    [
      'an error',
      "exports.handler = async () => { throw new TypeError('no such order') }",
      { ok: false, errorType: 'TypeError', errorMessage: 'no such order' },
    ],
    [
      'a syntax error',
      'exports.handler = (',
      { ok: false, errorType: 'SyntaxError' },
    ],
    [
      'a missing export',
      'exports.other = () => 1',
      { ok: false, errorType: 'Runtime.HandlerNotFound' },
    ],
    ['no code', ' ', { ok: false, errorType: 'Runtime.ImportModuleError' }],
    [
      'an exit',
      'exports.handler = () => process.exit(3)',
      { ok: false, errorType: 'Runtime.ExitError' },
    ],
  ])('runs %s', async (_name, code, expected) => {
    await expect(
      runner.invoke({ function: functionOf(code), event: { name: 'world' } }),
    ).resolves.toMatchObject(expected);
  });

  it('keeps state between calls and starts afresh when the code changes', async () => {
    const code =
      'let calls = 0; exports.handler = async () => { calls += 1; return calls }';
    const first = functionOf(code);
    const payloads = [];
    for (const lambdaFunction of [first, first, functionOf(`${code} // v2`)]) {
      const result = await runner.invoke({
        function: lambdaFunction,
        event: {},
      });
      payloads.push(result.ok && result.payload);
    }
    expect(payloads).toEqual([1, 2, 1]);
  });

  it('ends a call that takes too long, and works again after it', async () => {
    const code =
      'exports.handler = async event => { while (event.spin) {} return 1 }';
    const lambdaFunction = functionOf(code, { timeoutSeconds: 0.2 });
    await expect(
      runner.invoke({ function: lambdaFunction, event: { spin: true } }),
    ).resolves.toEqual({
      ok: false,
      errorType: 'Sandbox.Timedout',
      errorMessage: 'Task timed out after 0.20 seconds',
    });
    await expect(
      runner.invoke({
        function: { ...lambdaFunction, timeoutSeconds: 2 },
        event: {},
      }),
    ).resolves.toEqual({ ok: true, payload: 1 });
  });

  it('limits memory', async () => {
    const code =
      'exports.handler = () => { const all = []; for (;;) all.push(new Array(1e5).fill({})) }';
    await expect(
      runner.invoke({
        function: functionOf(code, { timeoutSeconds: 20 }),
        event: {},
      }),
    ).resolves.toMatchObject({ ok: false });
  });

  it('serves more calls at once than it has threads', async () => {
    const lambdaFunction = functionOf(
      'exports.handler = async event => { await new Promise(done => setTimeout(done, 10)); return event.n }',
    );
    const results = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(n =>
        runner.invoke({ function: lambdaFunction, event: { n } }),
      ),
    );
    expect(results.map(result => result.ok && result.payload)).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
  });
});
