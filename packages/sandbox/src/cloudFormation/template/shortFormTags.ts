import { Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { CollectionTag, ScalarTag } from 'yaml';

const functionNames = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'GetAZs',
  'GetAtt',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
];

function longName(name: string): string {
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
}

function scalarTag(name: string): ScalarTag {
  return {
    tag: `!${name}`,
    resolve(text) {
      if (name === 'GetAtt') {
        // `!GetAtt Service.DnsEntry.DomainName` is the attribute DnsEntry.DomainName of Service.
        const dot = text.indexOf('.');
        return {
          'Fn::GetAtt':
            dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)],
        };
      }
      return { [longName(name)]: text };
    },
  };
}

function collectionTag(name: string, collection: 'seq' | 'map'): CollectionTag {
  return {
    tag: `!${name}`,
    collection,
    resolve(value) {
      const map = new YAMLMap();
      // The inner node keeps its own tags, so that functions nest.
      const inner = collection === 'seq' ? new YAMLSeq() : new YAMLMap();
      inner.items = value.items as never[];
      map.add(new Pair(new Scalar(longName(name)), inner));
      return map;
    },
  };
}

/**
 * CloudFormation's short forms as YAML tags: `!Ref x` is read as `{ Ref: x }`, `!Sub` as
 * `{ 'Fn::Sub': … }` and so on.
 */
export const shortFormTags: (ScalarTag | CollectionTag)[] = [
  scalarTag('Ref'),
  scalarTag('Condition'),
  ...functionNames.flatMap(name => [
    scalarTag(name),
    collectionTag(name, 'seq'),
    collectionTag(name, 'map'),
  ]),
];
