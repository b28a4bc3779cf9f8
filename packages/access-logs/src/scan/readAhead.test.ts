import { setTimeout } from 'node:timers/promises';
import { readAhead } from './readAhead';

describe('readAhead', () => {
  const events: string[] = [];

  beforeEach(() => {
    events.length = 0;
  });

  async function* read(thing: number): AsyncGenerator<string> {
    events.push(`begin ${thing}`);
    try {
      if (thing === 3) {
        throw new Error('the third fails');
      }
      yield `${thing}a`;
      yield `${thing}b`;
    } finally {
      events.push(`end ${thing}`);
    }
  }

  it('gives parts in order, and begins what comes next meanwhile', async () => {
    const given: string[] = [];
    const reading = readAhead({ things: [1, 2, 4], count: 2, read });
    expect(await reading.next()).toEqual({ done: false, value: '1a' });
    expect(events).toEqual(['begin 1', 'begin 2']);
    for await (const part of reading) {
      given.push(part);
    }
    expect(['1a', ...given]).toEqual(['1a', '1b', '2a', '2b', '4a', '4b']);
    expect(events).toContain('end 4');
  });

  it('begins one by one, where that is asked for', async () => {
    const reading = readAhead({
      things: [1, 2, 4],
      count: 2,
      oneByOne: true,
      read: async function* slowly(thing) {
        events.push(`ask ${thing}`);
        await setTimeout(10);
        yield* read(thing);
      },
    });
    const given: string[] = [];
    for await (const part of reading) {
      given.push(part);
    }
    expect(given).toEqual(['1a', '1b', '2a', '2b', '4a', '4b']);
    expect(events.indexOf('begin 1')).toBeLessThan(events.indexOf('ask 2'));
    expect(events.indexOf('ask 2')).toBeLessThan(events.indexOf('end 1'));
    expect(events.indexOf('begin 2')).toBeLessThan(events.indexOf('ask 4'));
  });

  it('begins nothing behind what fails, one by one', async () => {
    const reading = readAhead({
      things: [3, 1],
      count: 2,
      oneByOne: true,
      read,
    });
    await expect(reading.next()).rejects.toThrow('the third fails');
    expect(events).toEqual(['begin 3', 'end 3']);
  });

  it('fails when the turn of what fails has come, and ends what was begun', async () => {
    const given: string[] = [];
    const reading = readAhead({ things: [1, 3, 2], count: 3, read });
    await expect(async () => {
      for await (const part of reading) {
        given.push(part);
      }
    }).rejects.toThrow('the third fails');
    expect(given).toEqual(['1a', '1b']);
    expect(events).toContain('end 2');
  });

  it('ends what was begun when nobody wants more', async () => {
    for await (const _ of readAhead({ things: [1, 2], count: 2, read })) {
      break;
    }
    expect(events).toEqual(expect.arrayContaining(['end 1', 'end 2']));
  });
});
