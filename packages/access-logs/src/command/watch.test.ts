import {
  appendFile,
  mkdtemp,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { callLine } from '../__testUtils__/lines';
import { main } from './main';

/** What is imported by name is a copy. */
const files =
  jest.requireActual<typeof import('node:fs/promises')>('node:fs/promises');

// Looks are half a second apart, and other tests run beside.
jest.setTimeout(60_000);

const lines = (...ids: number[]) => ids.map(id => `${callLine(id)}\n`).join('');

/** A watch that runs, and what it shows. */
class Watching {
  readonly #ending = new AbortController();
  readonly #done: Promise<number>;
  #shown = '';
  #errors: string[] = [];

  constructor(...args: string[]) {
    this.#done = main(['report', '--watch', ...args], {
      output: {
        out: line => {
          this.#shown = line.startsWith('VPC Lattice access logs')
            ? line
            : `${this.#shown}\n${line.replace(/ +/g, ' ')}`;
        },
        error: line => this.#errors.push(line),
      },
      paint: (_, text) => text,
      signal: this.#ending.signal,
    });
  }

  /**
   * Waits for a report with such lines.
   *
   * @returns those that are not in it, and what went wrong
   */
  async missing(...expected: string[]): Promise<string[]> {
    const end = Date.now() + 20_000;
    const absent = () =>
      expected.filter(line => !`${this.#shown}\n`.includes(line));
    while (absent().length > 0 && Date.now() < end) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    return absent().length > 0
      ? [...absent(), this.#shown, ...this.#errors]
      : [];
  }

  /** Waits until it has looked at the files. */
  async looks(): Promise<void> {
    await new Promise(resolve => setTimeout(resolve, 1500));
  }

  get shown(): string {
    return this.#shown;
  }

  async end(): Promise<number> {
    this.#ending.abort();
    return await this.#done;
  }
}

describe('report --watch', () => {
  let folder: string;
  let watching: Watching;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watch-'));
    path = join(folder, 'a.log');
  });

  afterEach(async () => {
    await watching.end();
    jest.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  it.each([
    ['a folder', () => folder],
    ['a file', () => path],
  ])('goes on in %s whose log is rotated', async (_, watched) => {
    await writeFile(path, lines(1));
    watching = new Watching(watched());
    expect(await watching.missing(' calls 1\n')).toEqual([]);
    await rename(path, `${path}.1`);
    await watching.looks();
    // Longer than what it takes the place of.
    await writeFile(path, lines(2, 3, 4));
    expect(
      await watching.missing(' calls 4\n', ' delivered again 0\n'),
    ).toEqual([]);
    await appendFile(path, lines(5));
    expect(
      await watching.missing(' calls 5\n', ' delivered again 0\n'),
    ).toEqual([]);
  });

  it('reads on in a file that has another name', async () => {
    await writeFile(path, lines(1));
    watching = new Watching(folder);
    expect(await watching.missing(' calls 1\n')).toEqual([]);
    await rename(path, `${path}.1`);
    await writeFile(path, lines(2));
    await appendFile(`${path}.1`, lines(3));
    expect(
      await watching.missing(' calls 3\n', ' delivered again 0\n'),
    ).toEqual([]);
    await rm(`${path}.1`);
    await rename(path, `${path}.1`);
    await writeFile(path, lines(4));
    expect(
      await watching.missing(' calls 4\n', ' delivered again 0\n', ', 3 files'),
    ).toEqual([]);
  });

  it('counts whole records on a line that has not ended, once', async () => {
    const [one, two, three, four] = [1, 2, 3, 4].map(id => callLine(id));
    await writeFile(path, one + two.slice(0, 50));
    // Its last line never ends.
    await writeFile(join(folder, 'b.log'), `${lines(5)}${callLine(6)}`);
    watching = new Watching(folder);
    expect(await watching.missing(' calls 3\n')).toEqual([]);
    await appendFile(path, two.slice(50));
    expect(await watching.missing(' calls 4\n')).toEqual([]);
    await appendFile(path, `\n${three}${four.slice(0, 7)}`);
    expect(await watching.missing(' calls 5\n')).toEqual([]);
    await appendFile(path, `${four.slice(7)}\noops\n`);
    expect(
      await watching.missing(
        ' calls 6\n',
        ' delivered again 0\n',
        ' kept aside 1\n',
        `${path}:3: oops`,
      ),
    ).toEqual([]);
  });

  it('writes what it keeps aside, and reads neither that nor its page', async () => {
    await writeFile(path, `${lines(1)}oops\n`);
    const aside = join(folder, 'aside.json');
    const html = join(folder, 'report.html');
    const keptAside = async () =>
      (await readFile(aside, 'utf8'))
        .trim()
        .split('\n')
        .map(line => JSON.parse(line));
    const lineOf = (line: number, text: string) => ({
      file: path,
      line,
      reason: 'not JSON',
      text,
    });
    watching = new Watching(folder, '--unparsed', aside, '--html', html);
    expect(await watching.missing(' kept aside 1\n', ', 1 file.')).toEqual([]);
    await watching.looks();
    await appendFile(path, 'again\n');
    expect(await watching.missing(' kept aside 2\n', ', 1 file.')).toEqual([]);
    await watching.looks();
    expect(await keptAside()).toEqual([lineOf(2, 'oops'), lineOf(3, 'again')]);
    expect(await readFile(html, 'utf8')).toContain('again');
    await writeFile(path, 'other\n');
    expect(await watching.missing(' kept aside 1\n', ':1: other')).toEqual([]);
    expect(await watching.end()).toBe(0);
    expect(await keptAside()).toEqual([lineOf(1, 'other')]);
  });

  it('waits for a path that is not there any more, and says so', async () => {
    await writeFile(path, lines(1));
    watching = new Watching(path);
    expect(await watching.missing(' calls 1\n')).toEqual([]);
    await rm(path);
    expect(await watching.missing(`${path}: is not there any more`)).toEqual(
      [],
    );
    await writeFile(path, lines(2));
    expect(await watching.missing(' calls 2\n', 'None found')).toEqual([]);
  });

  it('reads all again when a file was written over', async () => {
    await writeFile(path, lines(1));
    await writeFile(join(folder, 'b.gz'), gzipSync(lines(3)));
    watching = new Watching(folder);
    expect(await watching.missing(' calls 2\n')).toEqual([]);
    // Of the same length.
    await writeFile(path, callLine(2, { requestPath: '/orders/x' }));
    await appendFile(path, '\n');
    expect(
      await watching.missing(' calls 2\n', '2026-11-22T10:00:20Z to'),
    ).toEqual([]);
    await writeFile(join(folder, '.new'), gzipSync(lines(4)));
    await rename(join(folder, '.new'), join(folder, 'b.gz'));
    expect(
      await watching.missing(
        ' calls 2\n',
        '2026-11-22T10:00:20Z to 2026-11-22T10:00:40Z',
      ),
    ).toEqual([]);
  });

  it('tries again what could not be read at first', async () => {
    await writeFile(path, lines(1));
    const open = jest
      .spyOn(files, 'open')
      .mockRejectedValue(
        Object.assign(new Error('EACCES: no permission'), { code: 'EACCES' }),
      );
    watching = new Watching(folder);
    expect(
      await watching.missing(' calls 0\n', `${path}: can't be read: EACCES`),
    ).toEqual([]);
    open.mockRestore();
    expect(await watching.missing(' calls 1\n', 'None found')).toEqual([]);
  });

  it('goes on where files went between two looks at them', async () => {
    await writeFile(path, lines(1));
    await writeFile(join(folder, 'b.log'), lines(2));
    const { stat } = files;
    jest.spyOn(files, 'stat').mockImplementation((async (
      at: string,
      options: object,
    ) => {
      await rm(path, { force: true });
      return await stat(at, options);
    }) as typeof stat);
    watching = new Watching(folder);
    expect(await watching.missing(' calls 1\n', 'None found')).toEqual([]);
  });

  it('ends at once in the middle of a file, without a report', async () => {
    await writeFile(path, lines(1));
    const { open } = files;
    const opened = new Promise<void>(resolve => {
      jest.spyOn(files, 'open').mockImplementation((async (
        ...args: Parameters<typeof open>
      ) => {
        // It ends what runs before the file can be read.
        void watching.end();
        resolve();
        return await open(...args);
      }) as typeof open);
    });
    watching = new Watching(folder);
    await opened;
    expect(await watching.end()).toBe(0);
    expect(watching.shown).toBe('');
  });

  it('says what in a folder can not be looked at, as long as it is so', async () => {
    await writeFile(path, lines(1));
    const link = join(folder, 'link.log');
    await symlink(join(folder, 'nothing'), link);
    watching = new Watching(folder);
    expect(
      await watching.missing(
        ' calls 1\n',
        `${link}: is a link to what is not there`,
      ),
    ).toEqual([]);
    await rm(link);
    expect(await watching.missing(' calls 1\n', 'None found')).toEqual([]);
  });
});
