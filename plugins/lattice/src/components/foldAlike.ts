import { formatNumber } from '../format';
import type { Shortcoming } from './describeAccounts';

/** As many of a kind are still named one by one. */
const NAMED = 2;

const plurals = { account: 'accounts', log: 'logs' };

/**
 * Says at once what is the same of many: when AWS can't be reached, that is one trouble, not twenty. The
 * oldest speaks for all; the names are in the detail.
 */
export function foldAlike(notes: Shortcoming[]): Shortcoming[] {
  const groups = new Map<string, Shortcoming[]>();
  for (const note of notes) {
    const key = note.alike
      ? `${note.alike.kind} ${note.alike.reason}`
      : `one ${note.id}`;
    groups.set(key, [...(groups.get(key) ?? []), note]);
  }
  return [...groups.values()].flatMap(group =>
    group.length > NAMED ? [fold(group)] : group,
  );
}

function fold(group: Shortcoming[]): Shortcoming {
  const since = (note: Shortcoming) => Date.parse(note.alike?.since ?? '') || 0;
  const oldest = group.reduce((old, note) =>
    since(note) < since(old) ? note : old,
  );
  const { kind } = group[0].alike!;
  return {
    ...oldest,
    text: `${formatNumber(group.length)} ${plurals[kind]}: ${oldest.state}`,
    detail: [...group.map(({ text }) => text), oldest.detail].join('\n'),
  };
}
