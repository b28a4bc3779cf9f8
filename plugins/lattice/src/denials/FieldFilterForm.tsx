import { Button, Select, TextField } from '@backstage/ui';
import {
  type FieldOperator,
  operatorsOf,
  parseFieldCondition,
  type RecordField,
  recordFields,
} from '@lattice-portal/plugin-lattice-common';
import { type FormEvent, useState } from 'react';
import styles from './FieldFilterForm.module.css';
import { operatorNames } from './fieldFilters';

const fieldOptions = Object.keys(recordFields)
  .sort()
  .map(field => ({ id: field, label: field }));

/** Asks for a field of the record, an operator and a value. */
export function FieldFilterForm(props: {
  /** Gets the condition as it stands in an address. */
  onAdd: (text: string) => void;
}) {
  const [field, setField] = useState<RecordField>('userAgent');
  const [chosen, setChosen] = useState<FieldOperator>('contains');
  const [value, setValue] = useState('');
  const operators = operatorsOf(field);
  const operator = operators.includes(chosen) ? chosen : operators[0];
  const takesValue = operator !== 'present' && operator !== 'absent';
  const text = [field, operator, ...(takesValue ? [value] : [])].join(':');
  const isFine = isCondition(text);

  const add = (event: FormEvent) => {
    event.preventDefault();
    if (isFine) {
      props.onAdd(text);
      setValue('');
    }
  };
  return (
    <form className={styles.form} aria-label="Filter by a field" onSubmit={add}>
      <Select
        aria-label="Field"
        size="small"
        search={{ placeholder: 'Find a field' }}
        options={fieldOptions}
        value={field}
        onChange={key => setField(key as RecordField)}
      />
      <Select
        aria-label="Operator"
        size="small"
        options={operators.map(id => ({ id, label: operatorNames[id] }))}
        value={operator}
        onChange={key => setChosen(key as FieldOperator)}
      />
      {takesValue && (
        <TextField
          aria-label="Value"
          size="small"
          className={styles.value}
          inputMode={recordFields[field] === 'number' ? 'decimal' : undefined}
          placeholder={recordFields[field] === 'number' ? 'a number' : 'a text'}
          value={value}
          onChange={setValue}
        />
      )}
      <Button
        type="submit"
        size="small"
        variant="secondary"
        isDisabled={!isFine}
      >
        Add
      </Button>
    </form>
  );
}

function isCondition(text: string): boolean {
  try {
    parseFieldCondition(text);
    return true;
  } catch {
    return false;
  }
}
