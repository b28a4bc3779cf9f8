import {
  type FieldCondition,
  type FieldOperator,
  parseFieldCondition,
} from '@lattice-portal/plugin-lattice-common';

/** Operators as a condition reads. */
export const operatorNames: Record<FieldOperator, string> = {
  contains: 'contains',
  equals: 'is',
  atLeast: 'is at least',
  below: 'is below',
  present: 'is there',
  absent: 'is not there',
};

/** A filter of an address, which anybody may have written. */
export interface FieldFilter {
  /** As it stands there. */
  text: string;
  /** To show. */
  label: string;
  /** Absent: it is none. */
  condition?: FieldCondition;
}

/** Reads the filters of an address. */
export function readFieldFilters(texts: string[]): FieldFilter[] {
  return [...new Set(texts)].map(text => {
    try {
      const condition = parseFieldCondition(text);
      return { text, condition, label: describeCondition(condition) };
    } catch {
      return { text, label: `${text} is not understood` };
    }
  });
}

function describeCondition(condition: FieldCondition): string {
  return [
    condition.field,
    operatorNames[condition.operator],
    ...('value' in condition ? [condition.value] : []),
  ].join(' ');
}
