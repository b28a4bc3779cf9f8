import { decide } from '../decide/decide';
import { PolicyChangeError } from '../change/PolicyChangeError';
import { DecideOptions, Layer } from '../types';
import { Need, needOf } from './Need';
import { BlockedDenial, PolicyEdit } from './PolicyEdit';
import { appendStatements, openDocument } from './appendStatements';
import { applyEdits } from './applyEdits';
import { blocksOf, isDenied, remainsOf } from './blocks';
import { documentOwner } from './documentOwner';
import { statementsFor } from './statementsFor';

/** @public */
export interface SynthesizeOptions {
  /** The calls that are to be allowed, with the documents that deny them. */
  denials: readonly DecideOptions[];
  /** How the Sids begin: letters and digits. A number follows. */
  sidPrefix: string;
  /** Whether ids in paths become `*`. Default true. */
  generalise?: boolean;
  /** Whether the statements hold only from the VPCs that the calls came from. Default true. */
  limitToSourceVpc?: boolean;
  /** Only before this time. */
  expiresAt?: Date;
}

/** @public */
export interface Synthesis {
  /** One per document that has to change; their owners may differ. */
  edits: PolicyEdit[];
  /** Denials that stay, or may stay, whatever is added. */
  blocked: BlockedDenial[];
}

interface Work {
  layer: Layer;
  resource: string;
  before?: unknown;
  requests: DecideOptions['request'][];
}

/**
 * Finds the least statements that turn chosen denials into allows, over the documents of
 * the service networks, the services and the callers.
 *
 * @remarks
 * A document gets statements only for calls that it doesn't allow yet: for the caller's
 * role rather than its session, the methods and paths that were called, and the VPC that
 * the calls came from. Identity-based statements go to a document of their own. A deny
 * that applies can't be overcome by adding; the denial is then listed as blocked. Give
 * the result to {@link prove}.
 *
 * @throws `InputError` for a prefix with other characters than letters and digits.
 * @public
 */
export function synthesize(options: SynthesizeOptions): Synthesis {
  const { denials, sidPrefix } = options;
  if (!/^[A-Za-z0-9]+$/.test(sidPrefix)) {
    throw new PolicyChangeError(
      'InputError',
      `Sid prefix "${sidPrefix}" may only hold letters and digits`,
    );
  }
  const works = new Map<string, Work>();
  const blocked: BlockedDenial[] = [];
  const open = new Map<number, DecideOptions>();
  for (const [index, denial] of denials.entries()) {
    const verdict = decide(denial);
    const blocks = blocksOf(verdict, denial);
    blocked.push(...blocks.map(block => ({ index, ...block })));
    if (blocks.length === 0) {
      open.set(index, denial);
    }
    const isHopeless = blocks.some(
      ({ result }) => result === 'explicitly-denied',
    );
    for (const { layer, result } of isHopeless ? [] : verdict.layers) {
      const resource = documentOwner(layer, denial);
      if (resource && isDenied(result)) {
        const key = `${layer} ${resource}`;
        const before = documentOf(layer, denial);
        const work = works.get(key) ?? {
          layer,
          resource,
          before,
          requests: [],
        };
        work.requests.push(denial.request);
        works.set(key, work);
      }
    }
  }
  const edits = [...works.values()].map(each => editOf(each, options));
  for (const [index, denial] of open) {
    const verdict = decide(applyEdits(denial, edits));
    blocked.push(...remainsOf(verdict).map(remain => ({ index, ...remain })));
  }
  return {
    edits,
    blocked: blocked.sort((left, right) => left.index - right.index),
  };
}

/** The document that gets statements; new ones of a caller make a document of their own. */
function documentOf(layer: Layer, given: DecideOptions): unknown {
  const attachment = layer === 'network' ? given.network : given.service;
  return layer === 'identity' || 'unreadable' in attachment
    ? undefined
    : attachment.policy ?? undefined;
}

function editOf(work: Work, options: SynthesizeOptions): PolicyEdit {
  const { layer, resource, before, requests } = work;
  const { sidPrefix, expiresAt } = options;
  const { generalise = true, limitToSourceVpc = true } = options;
  const document = openDocument(before);
  const needs = requests.map((request): Need => {
    const variables = document.version === '2012-10-17';
    const need = needOf({ request, generalise, variables });
    return limitToSourceVpc ? need : { ...need, sourceVpc: undefined };
  });
  const taken = new Set(document.statements.map(({ sid }) => sid));
  let number = 0;
  const nextSid = () => {
    do {
      number += 1;
    } while (taken.has(`${sidPrefix}${number}`));
    return `${sidPrefix}${number}`;
  };
  const isIdentity = layer === 'identity';
  const statements = statementsFor({ needs, isIdentity, expiresAt, nextSid });
  return {
    layer,
    resource,
    ...(before === undefined ? {} : { before }),
    after: appendStatements(document, statements),
    statements,
  };
}
