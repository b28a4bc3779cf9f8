import { diffLines } from './diffLines';

const marks = { same: ' ', added: '+', removed: '-' };

describe('diffLines', () => {
  it.each([
    ['', '', ''],
    ['', 'a\nb', '+a +b'],
    ['a', '', '-a'],
    ['a\nb\nc', 'a\nc', ' a -b  c'],
    ['a\nc', 'a\nb\nc', ' a +b  c'],
    ['a\nb', 'a\nx', ' a -b +x'],
  ])('%j to %j', (before, after, expected) => {
    const lines = diffLines(before, after);
    expect(lines.map(({ kind, text }) => marks[kind] + text).join(' ')).toBe(
      expected,
    );
  });
});
