/**
 * Source of the worker thread that holds one function. It is text because a worker starts from a plain
 * JavaScript file, while this package also runs straight from TypeScript.
 *
 * @remarks
 * `workerData` is `{ code, handler }`. A message `{ id, event, context }` is answered by
 * `{ id, payload }` (JSON text) or `{ id, error: { errorType, errorMessage } }`.
 */
export const workerSource = `
const { parentPort, workerData } = require('node:worker_threads');
const { createRequire } = require('node:module');
const vm = require('node:vm');

function toError(error) {
  return error instanceof Error
    ? { errorType: error.name, errorMessage: error.message }
    : { errorType: 'Error', errorMessage: String(error) };
}

let handler;
let loadError;
try {
  const exportName = workerData.handler.split('.').pop();
  const module = { exports: {} };
  const load = vm.compileFunction(
    workerData.code,
    ['exports', 'require', 'module'],
    { filename: 'index.js' },
  );
  load(module.exports, createRequire(process.cwd() + '/index.js'), module);
  handler = module.exports[exportName];
  if (typeof handler !== 'function') {
    throw Object.assign(new Error(workerData.handler + ' is undefined or not exported'), {
      name: 'Runtime.HandlerNotFound',
    });
  }
} catch (error) {
  loadError = toError(error);
}

function run(event, context) {
  if (handler.length < 3) {
    return handler(event, context);
  }
  return new Promise((resolve, reject) => {
    const returned = handler(event, context, (error, result) =>
      error ? reject(error) : resolve(result),
    );
    if (returned && typeof returned.then === 'function') {
      returned.then(resolve, reject);
    }
  });
}

parentPort.on('message', async ({ id, event, context }) => {
  if (loadError) {
    parentPort.postMessage({ id, error: loadError });
    return;
  }
  try {
    const deadline = Date.now() + context.timeoutMilliseconds;
    const result = await run(event, {
      ...context,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    });
    parentPort.postMessage({ id, payload: JSON.stringify(result === undefined ? null : result) });
  } catch (error) {
    parentPort.postMessage({ id, error: toError(error) });
  }
});
`;
