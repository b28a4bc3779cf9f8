import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Estate } from './Estate';
import { Journal } from './Journal';

const account = (id: string) => ({ id, name: `account ${id}`, email: '' });

function open(file: string) {
  const estate = new Estate();
  return { estate, journal: Journal.open({ estate, file }) };
}

describe('Journal', () => {
  let file: string;

  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), 'journal-')), 'deep', 'estate');
  });

  it('brings back every change, deletions and own collections too', () => {
    const first = open(file);
    first.estate.accounts.put('1', account('1'));
    first.estate.accounts.put('2', account('2'));
    first.estate.accounts.update('2', value => ({ ...value, name: 'two' }));
    first.estate.accounts.delete('1');
    first.estate.collection('stacks').put('s', { status: 'here' });
    // No close: as after kill -9.
    const second = open(file);
    expect(second.estate.accounts.values()).toEqual([
      { ...account('2'), name: 'two' },
    ]);
    expect(second.estate.collection('stacks').get('s')).toEqual({
      status: 'here',
    });
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3);
    second.journal.close();
  });

  it('drops a last line that was cut off, and goes on', () => {
    open(file).estate.accounts.put('1', account('1'));
    appendFileSync(file, '["accounts","2",{"id":"2","na');
    open(file).estate.accounts.put('3', account('3'));
    expect(
      open(file)
        .estate.accounts.values()
        .map(({ id }) => id),
    ).toEqual(['1', '3']);
  });

  it('says where it is damaged', () => {
    open(file).estate.accounts.put('1', account('1'));
    writeFileSync(
      file,
      `${readFileSync(file)}nonsense\n["accounts","1",null]\n`,
    );
    expect(() => open(file)).toThrow(/damaged at line 2/);
  });
});
