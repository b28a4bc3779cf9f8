import { RecordAgreement } from '../explain/agreesWithRecord';
import { Paint } from './Paint';

/** Whether a verdict agrees with what AWS recorded, for people, a line each. */
export function printAgreement(
  { agrees, explanation, mayBe }: RecordAgreement,
  paint: Paint,
): string[] {
  return [
    '',
    `${markOf(agrees, paint)} ${paint('bold', 'recorded')} ${explanation}`,
    ...mayBe.map(reason => `  ${paint('yellow', 'may be')} ${reason}`),
  ];
}

function markOf(agrees: RecordAgreement['agrees'], paint: Paint): string {
  if (agrees === 'open') {
    return paint('yellow', '?');
  }
  return agrees ? paint('green', '✓') : paint('red', '✗');
}
