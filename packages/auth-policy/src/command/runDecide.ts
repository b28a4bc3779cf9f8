import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decide } from '../decide/decide';
import { Output } from './Output';
import { parseCase } from './caseFile';
import { messageOf } from './messageOf';
import { printVerdict } from './printVerdict';

/**
 * Decides the case in a file, or every `*.json` case in a folder.
 *
 * @returns the exit code: 0, or 2 if a case could not be read.
 */
export async function runDecide(path: string, output: Output): Promise<number> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (error) {
    output.error(`${path}: ${messageOf(error)}`);
    return 2;
  }
  return isFolder ? runFolder(path, output) : runFile(path, output);
}

async function runFile(path: string, output: Output): Promise<number> {
  try {
    output.out(JSON.stringify(await decideFile(path)));
    return 0;
  } catch (error) {
    output.error(`${path}: ${messageOf(error)}`);
    return 2;
  }
}

async function runFolder(path: string, output: Output): Promise<number> {
  const names = (await readdir(path))
    .filter(name => name.endsWith('.json'))
    .sort();
  let code = 0;
  for (const name of names) {
    try {
      const verdict = await decideFile(join(path, name));
      output.out(JSON.stringify({ case: name, ...verdict }));
    } catch (error) {
      output.out(JSON.stringify({ case: name, error: messageOf(error) }));
      code = 2;
    }
  }
  return code;
}

async function decideFile(path: string): Promise<object> {
  const { options } = parseCase(await readFile(path, 'utf8'));
  return printVerdict(decide(options));
}
