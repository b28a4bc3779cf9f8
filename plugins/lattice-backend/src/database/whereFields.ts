import {
  type FieldCondition,
  recordFields,
} from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';
import {
  comparableText,
  numericRecordField,
  recordField,
  recordFieldContains,
} from './recordField';

/**
 * Narrows a query of denied requests to those whose record meets all conditions.
 */
export function whereFields(
  builder: Knex.QueryBuilder,
  options: { knex: Knex; conditions: readonly FieldCondition[] | undefined },
): void {
  const { knex, conditions = [] } = options;
  for (const condition of conditions) {
    builder.andWhere(expressionOf(knex, condition));
  }
}

function expressionOf(knex: Knex, condition: FieldCondition): Knex.Raw {
  const { field } = condition;
  switch (condition.operator) {
    case 'present':
      return knex.raw('? is not null', [recordField(knex, field)]);
    case 'absent':
      return knex.raw('? is null', [recordField(knex, field)]);
    case 'contains':
      return recordFieldContains(knex, field, condition.value);
    case 'equals':
      return recordFields[field] === 'number'
        ? compare(knex, '=', condition)
        : knex.raw('? = ?', [
            recordField(knex, field),
            comparableText(String(condition.value)),
          ]);
    case 'atLeast':
      return compare(knex, '>=', condition);
    default:
      return compare(knex, '<', condition);
  }
}

function compare(
  knex: Knex,
  operator: '=' | '>=' | '<',
  { field, value }: { field: FieldCondition['field']; value: string | number },
): Knex.Raw {
  return knex.raw(`? ${operator} ?`, [numericRecordField(knex, field), value]);
}
