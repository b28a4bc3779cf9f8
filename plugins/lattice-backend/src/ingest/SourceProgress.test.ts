import { ProgressMeter } from './SourceProgress';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

function backlogOf(read: number, total: number) {
  const bytes = { read: 10 * read, total: 10 * total };
  return { files: { read, total }, bytes };
}

describe('ProgressMeter', () => {
  const meter = () => new ProgressMeter({ startedAt: hour, readFrom: 0 });

  it('goes by what this turn has read of a backlog', () => {
    const progress = meter();
    const first = { now: hour, lines: 0, backlog: backlogOf(40, 100) };
    expect(progress.add(first)).toMatchObject({ secondsLeft: undefined });
    const next = { lines: 200, backlog: backlogOf(60, 100) };
    expect(progress.add({ ...next, now: hour + 10 * second })).toEqual({
      at: hour + 10 * second,
      linesPerSecond: 20,
      secondsLeft: 20,
      ...backlogOf(60, 100),
    });
  });

  it('never tells of more than all, or of less than no time', () => {
    const progress = meter();
    progress.add({ now: hour, lines: 0, backlog: backlogOf(0, 100) });
    expect(
      progress.add({
        now: hour + minute,
        lines: 10,
        backlog: backlogOf(102, 100),
      }),
    ).toMatchObject({ secondsLeft: 0, ...backlogOf(102, 102) });
  });

  it('goes by time where there are no files', () => {
    const progress = meter();
    expect(
      progress.add({ now: hour + 10 * second, lines: 50, readUntil: hour / 2 }),
    ).toEqual({
      at: hour + 10 * second,
      linesPerSecond: 5,
      secondsLeft: 10,
      files: undefined,
      bytes: undefined,
    });
    // All of it but for what delivery takes.
    const last = { now: hour + 20 * second, lines: 0, readUntil: hour };
    expect(progress.add(last)).toBeUndefined();
  });
});
