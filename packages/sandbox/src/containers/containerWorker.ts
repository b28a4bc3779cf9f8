/**
 * Source of the worker thread that runs one container's script. It is text because a worker starts from
 * a plain JavaScript file, while this package also runs straight from TypeScript.
 *
 * @remarks
 * `workerData` is `{ script }` or `{ module }`. Servers listen on free ports of this machine instead of those they ask
 * for; `{ port, listensOn }` tells the one by the other.
 */
export const containerWorker = `
const { parentPort, workerData } = require('node:worker_threads');
const { createRequire } = require('node:module');
const net = require('node:net');
const { pathToFileURL } = require('node:url');
const vm = require('node:vm');

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
  const [first] = args;
  const port = first !== null && typeof first === 'object' ? first.port : first;
  const callback = args.find(item => typeof item === 'function');
  this.once('listening', () =>
    parentPort.postMessage({ port: Number(port), listensOn: this.address().port }),
  );
  return listen.call(this, { port: 0, host: '127.0.0.1' }, callback);
};

if (workerData.module) {
  import(pathToFileURL(workerData.module).href);
} else {
  const module_ = { exports: {} };
  vm.compileFunction(workerData.script, ['exports', 'require', 'module'], {
    filename: '[eval]',
  })(module_.exports, createRequire(process.cwd() + '/index.js'), module_);
}
`;
