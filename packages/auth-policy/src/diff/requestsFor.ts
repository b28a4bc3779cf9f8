import { printPolicy } from '../compact/printPolicy';
import { Policy, PolicyKind } from '../parse/Policy';
import { AuthorizationRequest } from '../types';
import { RequestSpace } from './RequestSpace';
import { decideOne, isPossible } from './decideOne';

/**
 * The requests of a space that a statement matches or may match.
 *
 * @param options - `statement`: as a policy of its own.
 */
export function requestsFor(options: {
  statement: Policy;
  space: RequestSpace;
  kind: PolicyKind;
  budget: number;
}): { list: AuthorizationRequest[]; complete: boolean } {
  const { statement, space, kind, budget } = options;
  const [only] = statement.statements;
  const policy = printPolicy({
    ...statement,
    statements: [{ ...only, effect: 'Allow' }],
  });
  const failures = (request: AuthorizationRequest) => {
    const { result, nearest } = decideOne({ policy, request, kind });
    return isPossible(result) ? 0 : nearest[0]?.failed.length ?? 1;
  };
  // One attribute after the other is set to what fails least.
  let request = space.base;
  for (let round = 0; round < 2 && failures(request) > 0; round += 1) {
    for (const { choices } of space.dimensions) {
      const current = request;
      const candidates = choices.map(choose => choose(current));
      const counts = candidates.map(failures);
      const least = Math.min(...counts);
      request = candidates[counts.indexOf(least)] ?? request;
    }
  }
  if (failures(request) > 0) {
    // Each attribute was set to what fails least, and still: the statement never matches.
    return { list: [], complete: true };
  }
  const fitting = space.dimensions.map(({ choices }) =>
    choices.filter(choose => failures(choose(request)) === 0),
  );
  const size = fitting.reduce((product, { length }) => product * length, 1);
  const list: AuthorizationRequest[] = [];
  let seed = 1;
  for (let index = 0; index < Math.min(size, budget); index += 1) {
    let rest = index;
    if (size > budget) {
      // Any spread will do, but the same every time.
      seed = (seed * 48271) % 2147483647;
      rest = Math.floor((seed / 2147483647) * size);
    }
    let each = request;
    for (const choices of fitting) {
      each = choices[rest % choices.length](each);
      rest = Math.floor(rest / choices.length);
    }
    list.push(each);
  }
  return { list, complete: size <= budget };
}
