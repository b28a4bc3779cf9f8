import { OperatorForm } from '../parse/operators';
import { ValueTest, ValueTestOptions } from './ValueTest';
import { arnTest } from './arnTest';
import { binaryTest } from './binaryTest';
import { boolTest } from './boolTest';
import { dateTest } from './dateTest';
import { ipAddressTest } from './ipAddressTest';
import { numericTest } from './numericTest';
import { stringTest } from './stringTest';

/** The test of one policy value under an operator; `Null` has none. */
export function compileValueTest(
  options: ValueTestOptions & { form: OperatorForm },
): ValueTest {
  const { form } = options;
  switch (form.type) {
    case 'string':
      return stringTest({ ...options, form: form.text ?? 'equals' });
    case 'arn':
      return arnTest(options);
    case 'numeric':
      return numericTest({ ...options, order: form.order ?? '=' });
    case 'date':
      return dateTest({ ...options, order: form.order ?? '=' });
    case 'bool':
      return boolTest(options);
    case 'binary':
      return binaryTest(options);
    default:
      return ipAddressTest(options);
  }
}
