import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { supportedTypes } from '../providers/providers';
import { findResourceType } from './resourceTypes';

const root = resolve(__dirname, '../../..');

describe('resourceTypes', () => {
  it('is what the script extracts from the specification', () => {
    const extracted = execFileSync(
      process.execPath,
      [resolve(root, 'scripts/extractResourceTypes.mjs'), '--print'],
      { encoding: 'utf8', maxBuffer: 16_000_000 },
    );
    const committed = readFileSync(
      resolve(root, 'src/cloudFormation/generated/resourceTypes.json'),
      'utf8',
    );
    expect(JSON.parse(committed)).toEqual(JSON.parse(extracted));
  });

  it('describes every type that has a provider', () => {
    expect(supportedTypes().filter(type => !findResourceType(type))).toEqual(
      [],
    );
  });
});
